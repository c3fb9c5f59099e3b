// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks for help and plans: one piece of the client, fetched when it is first wanted.
export { Carry } from "./Carry";
