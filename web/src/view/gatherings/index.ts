// SPDX-License-Identifier: AGPL-3.0-or-later
// Gatherings: one piece of the client, fetched when it is first wanted.
export { Gathering } from "./Gathering";
export { Gatherings } from "./Gatherings";
export { NewGathering } from "./NewGathering";
