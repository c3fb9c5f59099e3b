// SPDX-License-Identifier: AGPL-3.0-or-later
// The English catalogue: one file an area, put together here.
import { checkin } from "./checkin";
import { people } from "./people";
import { talk } from "./talk";
import { today } from "./today";
import { ui } from "./ui";

export const en = { ui, today, checkin, people, talk } as const;
