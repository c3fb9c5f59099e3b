// SPDX-License-Identifier: AGPL-3.0-or-later
// The English catalogue: one file for each part of the product, put together here.
import { arrive, card, passphrase, recover, signIn, welcome } from "./arrive";
import { ask } from "./ask";
import { checkin } from "./checkin";
import { importing } from "./importing";
import { join } from "./join";
import { journal } from "./journal";
import { letters } from "./letters";
import { lighter } from "./lighter";
import { people } from "./people";
import { blocks, exit, help, house } from "./safety";
import { deleting, exporting, me, settings, signOut } from "./settings";
import { failure, lock, shell } from "./shell";
import { talk } from "./talk";
import { thought } from "./thought";
import { today } from "./today";
import { ui } from "./ui";
import { voice } from "./voice";

export const en = {
  arrive,
  ask,
  blocks,
  card,
  checkin,
  delete: deleting,
  exit,
  export: exporting,
  failure,
  help,
  house,
  importing,
  join,
  journal,
  letters,
  lighter,
  lock,
  me,
  passphrase,
  people,
  recover,
  settings,
  shell,
  signIn,
  signOut,
  talk,
  thought,
  today,
  ui,
  voice,
  welcome,
} as const;
