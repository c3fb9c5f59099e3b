// SPDX-License-Identifier: AGPL-3.0-or-later
// The screens on the way in as one piece: none is large, and the next one must not keep a newcomer waiting.
export { Arrive } from "../arrive/Arrive";
export { FirstPassphrase } from "../recover/FirstPassphrase";
export { Recover } from "../recover/Recover";
export { FirstLeaving } from "../safety/FirstLeaving";
export { SignIn } from "../signin/SignIn";
export { Welcome } from "../signin/Welcome";
