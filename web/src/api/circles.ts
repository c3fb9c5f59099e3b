/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The routes of circles: who is in them by the house's word, their rules, their door. One function for each, as in client.ts.

import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { Asking } from "./client";

/** A circle as the house tells it to its members. Who is in it is judged by its roster, never by this. */
export interface CircleFact {
  readonly room: Id;
  readonly size: number;
  readonly line: string | null;
  readonly fade_days: number;
  readonly gathering_fade_days: number;
  readonly door_minutes: number;
  readonly made_ms: number;
  readonly epoch: number;
  /** Somebody left: nothing can be written before there is a new key. */
  readonly must_roll: boolean;
  readonly members: readonly { readonly person: Id; readonly keeper: boolean; readonly from_epoch: number }[];
  /** Since the newest epoch; `leave` is signed by who left, "" when the account went. */
  readonly left: readonly { readonly person: Id; readonly leave: string }[];
  readonly requests: readonly DoorFact[];
}

export interface DoorFact {
  readonly person: Id;
  readonly invite: Id | null;
  readonly state: "asking" | "welcomed" | "declined" | "knocking";
  readonly body: string;
  readonly made_ms: number;
}

export interface RulesFact {
  readonly size: number;
  readonly line: string | null;
  readonly fade_days: number;
  readonly gathering_fade_days: number;
  readonly door_minutes: number;
}

export interface ListedFact {
  readonly room: Id;
  readonly line: string;
  readonly has_place: boolean;
  readonly keepers: readonly { readonly person: Id; readonly identity: string }[];
}

export interface RequestFact {
  readonly room: Id;
  readonly line: string | null;
  readonly state: "asking" | "welcomed" | "declined" | "knocking";
  readonly answer: string | null;
  readonly answered_by: Id | null;
  readonly made_ms: number;
}

export function circleCalls({ json, nothing, holding }: Asking) {
  const one = (room: Id) => `/circles/${room}`;
  return {
    foundCircle: (size: number, change: Bytes) => json<{ readonly room: Id }>("POST", `/circles?size=${size}`, { body: { octets: change } }),
    circles: async () => (await json<{ readonly circles: readonly CircleFact[] }>("GET", "/circles")).circles,
    circle: (room: Id) => json<CircleFact>("GET", one(room)),
    setCircle: (room: Id, rules: RulesFact) => nothing("PUT", one(room), { body: { json: rules } }),
    makeKeeper: (room: Id, person: Id) => nothing("PUT", `${one(room)}/keepers/${person}`),
    endKeeper: (room: Id, person: Id) => nothing("DELETE", `${one(room)}/keepers/${person}`),
    changeCircle: (room: Id, change: Bytes) => json<{ readonly epoch: number }>("POST", `${one(room)}/change`, { body: { octets: change } }),
    leaveCircle: (room: Id, leave: Bytes) => nothing("POST", `${one(room)}/leave`, { body: { octets: leave } }),

    knock: (invite: Id, auth: Bytes, answer: Bytes) => json<{ readonly room: Id }>("POST", `/invites/${invite}/knock`, { body: { octets: answer }, headers: holding(auth) }),
    directory: async () => (await json<{ readonly circles: readonly ListedFact[] }>("GET", "/directory")).circles,
    requests: async () => (await json<{ readonly requests: readonly RequestFact[] }>("GET", "/requests")).requests,
    request: (room: Id, box: Bytes) => nothing("PUT", `${one(room)}/request`, { body: { octets: box } }),
    withdraw: (room: Id) => nothing("DELETE", `${one(room)}/request`),
    answerRequest: (room: Id, person: Id, welcome: boolean, box: Bytes) => nothing("POST", `${one(room)}/requests/${person}/answer?welcome=${Number(welcome)}`, { body: { octets: box } }),
    acceptWelcome: (room: Id) => nothing("POST", `${one(room)}/request/accept`),
  };
}
