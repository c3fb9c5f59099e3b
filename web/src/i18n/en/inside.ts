// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of the screens that only an open session shows: one file for each part, put together here, fetched with them.
import { ask } from "./ask";
import { calendar } from "./calendar";
import { carry } from "./carry";
import { checkin } from "./checkin";
import { circles } from "./circles";
import { gatherings } from "./gatherings";
import { given } from "./given";
import { importing } from "./importing";
import { journal } from "./journal";
import { letters } from "./letters";
import { lighter } from "./lighter";
import { people } from "./people";
import { blocks } from "./safety";
import { deleting, exporting, me, settings, signOut } from "./settings";
import { sit } from "./sit";
import { talk } from "./talk";
import { thought } from "./thought";
import { today } from "./today";
import { voice } from "./voice";

export const inside = {
  ask,
  calendar,
  carry,
  blocks,
  checkin,
  circles,
  delete: deleting,
  export: exporting,
  gatherings,
  given,
  importing,
  journal,
  letters,
  lighter,
  me,
  people,
  settings,
  signOut,
  sit,
  talk,
  thought,
  today,
  voice,
} as const;
