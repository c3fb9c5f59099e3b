// SPDX-License-Identifier: AGPL-3.0-or-later
// Given and received: loaded when it is first opened. The question afterwards comes with the screens that ask it.
export { Given } from "./Given";
