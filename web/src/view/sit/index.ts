// SPDX-License-Identifier: AGPL-3.0-or-later
// Sitting together: one piece of the client, fetched when it is first wanted.
export { OpenSeat } from "./OpenSeat";
export { Sit } from "./Sit";
