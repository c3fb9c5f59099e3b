/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The routes of circles: who is in them by the house's word, their rules, their door. One function for each, as in client.ts.

import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { Asking, Schemas } from "./client";

/** A circle as the house tells it to its members. Who is in it is judged by its roster, never by this. */
export type CircleFact = Schemas["Circle"];
/** Somebody at its door. */
export type DoorFact = CircleFact["requests"][number];
export type ListedFact = Schemas["Directory"]["circles"][number];
/** A request of mine. */
export type RequestFact = Schemas["Requests"]["requests"][number];

export function circleCalls({ json, nothing, holding }: Asking) {
  const one = (room: Id) => `/circles/${room}`;
  return {
    foundCircle: (size: number, change: Bytes) => json<{ readonly room: Id }>("POST", `/circles?size=${size}`, { body: { octets: change } }),
    circles: async () => (await json<Schemas["Circles"]>("GET", "/circles")).circles,
    circle: (room: Id) => json<CircleFact>("GET", one(room)),
    setCircle: (room: Id, rules: Schemas["Rules"]) => nothing("PUT", one(room), { body: { json: rules } }),
    makeKeeper: (room: Id, person: Id) => nothing("PUT", `${one(room)}/keepers/${person}`),
    endKeeper: (room: Id, person: Id) => nothing("DELETE", `${one(room)}/keepers/${person}`),
    changeCircle: (room: Id, change: Bytes) => json<Schemas["Epoch"]>("POST", `${one(room)}/change`, { body: { octets: change } }),
    leaveCircle: (room: Id, leave: Bytes) => nothing("POST", `${one(room)}/leave`, { body: { octets: leave } }),

    knock: (invite: Id, auth: Bytes, answer: Bytes) => json<{ readonly room: Id }>("POST", `/invites/${invite}/knock`, { body: { octets: answer }, headers: holding(auth) }),
    directory: async () => (await json<Schemas["Directory"]>("GET", "/directory")).circles,
    requests: async () => (await json<Schemas["Requests"]>("GET", "/requests")).requests,
    request: (room: Id, box: Bytes) => nothing("PUT", `${one(room)}/request`, { body: { octets: box } }),
    withdraw: (room: Id) => nothing("DELETE", `${one(room)}/request`),
    answerRequest: (room: Id, person: Id, welcome: boolean, box: Bytes) => nothing("POST", `${one(room)}/requests/${person}/answer?welcome=${Number(welcome)}`, { body: { octets: box } }),
    acceptWelcome: (room: Id) => nothing("POST", `${one(room)}/request/accept`),
  };
}
