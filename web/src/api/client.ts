/* SPDX-License-Identifier: AGPL-3.0-or-later */
// One function for each route of the house's API, with the types that spec/ gives. Knows no key and no signal; keeps
// nothing. Every failure is an ApiProblem. Lists that travel as octets are parsed in lib/frames.
//
// A call that is cut off throws with `network` set; all of them may be repeated with the same words.

import { concat, type Bytes } from "../lib/bytes";
import { toBase64url } from "../lib/base64url";
import {
  readEntryFrames, readEnvelopeList, readRosterList, readVaultFrames, takeVoiceFrames, type EntryFrame, type EnvelopeFrame, type VaultFrame, type VoiceFrame,
} from "../lib/frames";
import type { Id } from "../lib/id";
import { calendarCalls } from "./calendar";
import { circleCalls } from "./circles";
import { gatheringCalls } from "./gatherings";
import { ApiProblem, readProblem } from "./problem";
import { signalCalls } from "./signals";
import type { components } from "./schema";

export type Schemas = components["schemas"];

export interface ApiOptions {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  /** How long a call may take before it counts as cut off. */
  readonly timeoutMs?: number;
}

type Body = { readonly json: unknown } | { readonly octets: Bytes };

interface Asked {
  readonly body?: Body;
  readonly headers?: Record<string, string>;
}

/** How the calls of all nouns are made; those of some stand in files of their own beside this one. */
export interface Asking {
  json<T>(method: string, path: string, asked?: Asked): Promise<T>;
  nothing(method: string, path: string, asked?: Asked): Promise<void>;
  /** A list that travels as octets. */
  octets<T>(path: string, read: (bytes: Uint8Array) => T): Promise<T>;
  /** The header of whoever holds a link. */
  holding(auth: Bytes): Record<string, string>;
}

const DEFAULT_TIMEOUT_MS = 30_000;

export type Api = ReturnType<typeof createApi>;

export function createApi({ origin, fetch, timeoutMs = DEFAULT_TIMEOUT_MS }: ApiOptions) {
  async function ask(method: string, path: string, { body, headers = {} }: Asked = {}): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    try {
      const reply = await send(method, path, headers, body, late.signal);
      if (!reply.ok) throw await readProblem(reply);
      // Read here, so that the time limit holds for the body too.
      const bytes = await reply.arrayBuffer();
      return new Response(reply.status === 204 ? null : bytes, { status: reply.status, headers: reply.headers });
    } catch (error) {
      throw error instanceof ApiProblem ? error : new ApiProblem(0, "unreachable");
    } finally {
      clearTimeout(timer);
    }
  }

  function send(method: string, path: string, headers: Record<string, string>, body: Body | undefined, signal: AbortSignal): Promise<Response> {
    const sent: RequestInit = { method, signal, credentials: "same-origin", cache: "no-store", redirect: "error" };
    if (body === undefined) return fetch(`${origin}/api${path}`, { ...sent, headers });
    const type = "json" in body ? "application/json" : "application/octet-stream";
    const content = "json" in body ? JSON.stringify(body.json) : body.octets;
    return fetch(`${origin}/api${path}`, { ...sent, headers: { ...headers, "Content-Type": type }, body: content });
  }

  async function json<T>(method: string, path: string, asked?: Asked): Promise<T> {
    const reply = await ask(method, path, asked);
    try {
      const value: unknown = await reply.json();
      if (typeof value === "object" && value !== null) return value as T;
    } catch {
      // falls through: what is no JSON object is none of this API's answers
    }
    throw new ApiProblem(reply.status, "unreadable");
  }

  async function octets<T>(path: string, read: (bytes: Uint8Array) => T): Promise<T> {
    const reply = await ask("GET", path);
    try {
      return read(new Uint8Array(await reply.arrayBuffer()));
    } catch {
      throw new ApiProblem(reply.status, "unreadable");
    }
  }

  /** A reply piece by piece as it comes, for what is used before all of it is there. The time limit holds for each piece, and
   *  only while it is waited for. */
  async function* pieces(path: string): AsyncGenerator<Uint8Array> {
    const late = new AbortController();
    const inTime = async <T>(waiting: Promise<T>): Promise<T> => {
      const timer = setTimeout(() => late.abort(), timeoutMs);
      return waiting.finally(() => clearTimeout(timer));
    };
    try {
      const reply = await inTime(send("GET", path, {}, undefined, late.signal));
      if (!reply.ok) throw await inTime(readProblem(reply));
      if (reply.body === null) return;
      const reader = reply.body.getReader();
      for (let next = await inTime(reader.read()); !next.done; next = await inTime(reader.read())) yield next.value;
    } catch (error) {
      throw error instanceof ApiProblem ? error : new ApiProblem(0, "unreachable");
    } finally {
      late.abort(); // whoever has heard enough lets the rest go
    }
  }

  async function* voiceFrames(path: string): AsyncGenerator<VoiceFrame> {
    let held: Uint8Array = new Uint8Array();
    for await (const piece of pieces(path)) {
      const { frames, rest } = wholeFrames(concat(held, piece));
      held = rest;
      yield* frames;
    }
    if (held.length > 0) throw new ApiProblem(200, "unreadable");
  }

  async function nothing(method: string, path: string, asked?: Asked): Promise<void> {
    await ask(method, path, asked);
  }

  const holding = (auth: Bytes) => ({ "Beside-Invite": toBase64url(auth) });
  const asking: Asking = { json, nothing, octets, holding };
  const ifAt = (version: number) => ({ "If-Match": String(version) });

  return {
    // house
    health: () => json<Schemas["Health"]>("GET", "/health"),
    house: () => json<Schemas["House"]>("GET", "/house"),
    about: () => json<Schemas["About"]>("GET", "/house/about"),

    // person
    join: (auth: Bytes, person: Schemas["NewPerson"]) => json<Schemas["NewPersonMade"]>("POST", "/person", { body: { json: person }, headers: holding(auth) }),
    person: () => json<Schemas["Person"]>("GET", "/person"),
    setPassphrase: (change: Schemas["NewPassphrase"]) => nothing("PUT", "/person/passphrase", { body: { json: change } }),
    setCard: (change: Schemas["NewCard"]) => nothing("PUT", "/person/card", { body: { json: change } }),
    deletePerson: (deletion: Schemas["Deletion"]) => nothing("DELETE", "/person", { body: { json: deletion } }),
    identity: (person: Id) => octets(`/people/${person}/identity`, (bytes) => concat(bytes)),

    // session
    signIn: (secret: Schemas["SignIn"]) => json<Schemas["SignedIn"]>("POST", "/session", { body: { json: secret } }),
    signInByCard: (secret: Schemas["CardSignIn"]) => json<Schemas["SignedIn"]>("POST", "/session/card", { body: { json: secret } }),
    labelSession: (label: Bytes) => nothing("PUT", "/session", { body: { json: { label: toBase64url(label) } } }),
    signOut: () => nothing("DELETE", "/session"),
    sessions: async () => (await json<Schemas["Sessions"]>("GET", "/sessions")).sessions,
    endSession: (session: Id) => nothing("DELETE", `/sessions/${session}`),

    // invite
    makeInvite: (invite: Omit<Schemas["NewInvite"], "uses"> & { readonly uses?: number }) => json<Schemas["InviteMade"]>("POST", "/invites", { body: { json: invite } }),
    invites: async () => (await json<Schemas["Invites"]>("GET", "/invites")).invites,
    invite: (id: Id, auth: Bytes) => json<Schemas["Invite"]>("GET", `/invites/${id}`, { headers: holding(auth) }),
    endInvite: (id: Id) => nothing("DELETE", `/invites/${id}`),
    acceptInvite: (id: Id, auth: Bytes, body: Bytes) => json<Schemas["Accepted"]>("POST", `/invites/${id}/accept`, { body: { octets: body }, headers: holding(auth) }),

    // bond
    bonds: async () => (await json<Schemas["Bonds"]>("GET", "/bonds")).bonds,
    endBond: (room: Id) => nothing("DELETE", `/bonds/${room}`),

    // circle
    ...circleCalls(asking),

    // gathering
    ...gatheringCalls(asking),

    // calendar
    ...calendarCalls(asking),

    // room
    rooms: async () => (await json<Schemas["Heads"]>("GET", "/rooms")).rooms,
    foundRoom: (room: Id, change: Bytes) => json<Schemas["Epoch"]>("PUT", `/rooms/${room}`, { body: { octets: change } }),
    roster: (room: Id, after: number): Promise<Bytes[]> => octets(`/rooms/${room}/roster?after=${after}`, readRosterList),
    envelopes: (room: Id, after: number): Promise<EnvelopeFrame[]> => octets(`/rooms/${room}/envelopes?after=${after}`, readEnvelopeList),
    changeRoom: (room: Id, change: Bytes) => json<Schemas["Epoch"]>("POST", `/rooms/${room}/changes`, { body: { octets: change } }),
    putEntry: (room: Id, entry: Id, body: Bytes) => json<Schemas["Placed"]>("PUT", `/rooms/${room}/entries/${entry}`, { body: { octets: body } }),
    takeBackEntry: (room: Id, entry: Id) => json<Schemas["Placed"]>("DELETE", `/rooms/${room}/entries/${entry}`),
    entriesAfter: (room: Id, seq: number, limit: number): Promise<EntryFrame[]> => octets(`/rooms/${room}/entries?after=${seq}&limit=${limit}`, readEntryFrames),
    entriesBefore: (room: Id, seq: number, limit: number): Promise<EntryFrame[]> => octets(`/rooms/${room}/entries?before=${seq}&limit=${limit}`, readEntryFrames),

    ...signalCalls(asking),

    // vault
    vault: (after: number): Promise<VaultFrame[]> => octets(`/vault?after=${after}`, readVaultFrames),
    putVault: async (key: Id, version: number, body: Bytes) =>
      (await json<Schemas["Version"]>("PUT", `/vault/${key}`, { body: { octets: body }, headers: ifAt(version) })).version,
    deleteVault: async (key: Id, version: number) => (await json<Schemas["Version"]>("DELETE", `/vault/${key}`, { headers: ifAt(version) })).version,

    // voice
    voiceUse: () => json<Schemas["VoiceUse"]>("GET", "/voice"),
    voice: (room: Id, voice: Id) => json<Schemas["Voice"]>("GET", `/rooms/${room}/voice/${voice}`),
    putVoiceChunk: (room: Id, voice: Id, n: number, last: boolean, chunk: Bytes) =>
      json<Schemas["VoiceHave"]>("PUT", `/rooms/${room}/voice/${voice}?n=${n}&last=${Number(last)}`, { body: { octets: chunk } }),
    voiceChunks: (room: Id, voice: Id, from: number): AsyncGenerator<VoiceFrame> => voiceFrames(`/rooms/${room}/voice/${voice}/chunks?from=${from}`),
    deleteVoice: (room: Id, voice: Id) => nothing("DELETE", `/rooms/${room}/voice/${voice}`),

    // safety
    blocks: async () => (await json<Schemas["Blocks"]>("GET", "/blocks")).blocks,
    block: (person: Id) => nothing("PUT", `/blocks/${person}`),
    unblock: (person: Id) => nothing("DELETE", `/blocks/${person}`),
  };
}

function wholeFrames(bytes: Uint8Array): ReturnType<typeof takeVoiceFrames> {
  try {
    return takeVoiceFrames(bytes);
  } catch {
    throw new ApiProblem(200, "unreadable");
  }
}
