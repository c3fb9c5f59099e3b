/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The routes of gatherings: when they are, who is there, whose turn it is. Whatever moves one answers with how it stands
// then. One function for each, as in client.ts.

import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { Asking, Schemas } from "./client";

/** As lists tell it: without its people and turns. */
export type GatheringFact = Schemas["GatheringFact"];
export type GatheringWhole = Schemas["Gathering"];

export type Step = "come" | "go" | "present" | "begin" | "bell" | "end";

export function gatheringCalls({ json, nothing }: Asking) {
  const one = (id: Id) => `/gatherings/${id}`;
  const whole = (method: string, path: string) => json<GatheringWhole>(method, path);
  return {
    schedule: async (how: Schemas["GatheringNew"]) => (await json<Schemas["Gatherings"]>("POST", "/gatherings", { body: { json: how } })).gatherings,
    gatherings: async (room: Id) => (await json<Schemas["Gatherings"]>("GET", `/circles/${room}/gatherings`)).gatherings,
    gathering: (id: Id) => whole("GET", one(id)),
    moveGathering: (id: Id, start: number, minutes: number) => nothing("PUT", `${one(id)}/time`, { body: { json: { start_ms: start, minutes } } }),
    cancelGathering: (id: Id, rest: boolean) => nothing("DELETE", `${one(id)}?rest=${Number(rest)}`),
    /** Takes the part on, or gives it up. */
    takePart: (id: Id, part: "host" | "guardian", on: boolean) => nothing(on ? "PUT" : "DELETE", `${one(id)}/${part}`),
    gatheringStep: (id: Id, step: Step) => whole("POST", `${one(id)}/${step}`),
    /** To what comes after TURN: a repeat changes nothing. */
    moveOn: (id: Id, turn: number) => whole("POST", `${one(id)}/on?turn=${turn}`),
    /** TURN is the one that is to end: a repeat changes nothing. OVER: the holder, passed over by somebody else. */
    handOn: (id: Id, turn: number, over: Id | null = null) => whole("POST", `${one(id)}/piece?turn=${turn}${over === null ? "" : `&over=${over}`}`),
    welcomeReplies: (id: Id, on: boolean) => whole("POST", `${one(id)}/replies?open=${Number(on)}`),
    putTurn: (id: Id, entry: Id, body: Bytes, voice: Id | null) =>
      json<Schemas["Placed"]>("PUT", `${one(id)}/entries/${entry}${voice === null ? "" : `?voice=${voice}`}`, { body: { octets: body } }),
  };
}
