// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles: one piece of the client, fetched when it is first wanted.
export { CircleAbout } from "./about/CircleAbout";
export { Circles } from "./Circles";
export { CircleTalk } from "./CircleTalk";
export { NewCircle } from "./NewCircle";
