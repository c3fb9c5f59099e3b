// SPDX-License-Identifier: AGPL-3.0-or-later
// The English catalogue, as far as anyone can see it who has no open session; inside.ts has the rest. One file for each part
// of the product, put together here.
import { arrive, card, passphrase, recover, signIn, welcome } from "./arrive";
import { join } from "./join";
import { exit, help, house } from "./safety";
import { failure, lock, shell } from "./shell";
import { ui } from "./ui";

export const en = {
  arrive,
  card,
  exit,
  failure,
  help,
  house,
  join,
  lock,
  passphrase,
  recover,
  shell,
  signIn,
  ui,
  welcome,
} as const;
