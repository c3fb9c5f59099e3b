/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The routes of gatherings: when they are, who is there, whose turn it is. Whatever moves one answers with how it stands
// then. One function for each, as in client.ts.

import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { Asking, Schemas } from "./client";

/** How long to wait for what, and from when on: an hour on the wall of a zone. */
export interface NewGatherings {
  readonly id: Id;
  readonly room: Id;
  readonly start: string;
  readonly zone: string;
  readonly repeat: "none" | "weekly" | "fortnightly" | "monthly";
  readonly count: number;
  readonly minutes: number;
  readonly turn_s: number;
}

export type GatheringFact = Omit<GatheringWhole, "people" | "turns">;

export interface GatheringWhole {
  readonly id: Id;
  readonly room: Id;
  readonly series: Id;
  readonly start_ms: number;
  readonly minutes: number;
  readonly door_minutes: number;
  readonly turn_s: number;
  readonly host: Id | null;
  readonly guardian: Id | null;
  readonly stage: "ahead" | "opening" | "check-in" | "main" | "closing" | "over" | "cancelled";
  /** Goes up with whatever changes in it, but for who is here. */
  readonly version: number;
  /** Goes up with each hand-over. */
  readonly turn: number;
  readonly stage_began_ms: number;
  readonly holder: Id | null;
  readonly turn_began_ms: number;
  readonly replies: boolean;
  readonly paused_until_ms: number | null;
  readonly ended_ms: number | null;
  readonly fades_ms: number | null;
  readonly now_ms: number;
  /** Who has a seat, in the order of turns. */
  readonly people: readonly { readonly person: Id; readonly here: boolean; readonly waits: boolean }[];
  /** The entries that were said in turn. */
  readonly turns: readonly { readonly entry: Id; readonly stage: GatheringWhole["stage"]; readonly author: Id; readonly reply: boolean }[];
}

export type Step = "come" | "go" | "present" | "begin" | "bell" | "end";

export function gatheringCalls({ json, nothing }: Asking) {
  const one = (id: Id) => `/gatherings/${id}`;
  const whole = (method: string, path: string) => json<GatheringWhole>(method, path);
  return {
    schedule: async (how: NewGatherings) => (await json<{ readonly gatherings: readonly GatheringFact[] }>("POST", "/gatherings", { body: { json: how } })).gatherings,
    gatherings: async (room: Id) => (await json<{ readonly gatherings: readonly GatheringFact[] }>("GET", `/circles/${room}/gatherings`)).gatherings,
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
