/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The door of a circle. Whoever comes in is let in by some member's device that can tell who it is: by the secret of the link
// that they answered, or because a keeper said yes to this very person. So nobody has to be there for it but one of all.
//
// Each device waits a moment of its own before it acts, the inviter's the shortest, and then looks again: mostly one device
// does the work. If two do, the house takes one, and the other finds nothing left to do. A circle that owes a new key, since
// somebody left, is given one the same way; and whatever the circle says of itself is said again to who came in later.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { CircleFact, DoorFact } from "../api/circles";
import { ApiProblem } from "../api/problem";
import { CryptoError } from "../crypto/face";
import { fromBase64url } from "../lib/base64url";
import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { Said } from "./circles_record";
import { shortName } from "./content";
import type { Core } from "./core";
import type { CircleDoor } from "./face";
import { toFailure } from "./failure";
import type { Keys } from "./keys";
import type { Outbox } from "./outbox";
import type { Vault } from "./vault";

/** Somebody at the door, as far as I can tell who it is. */
export interface Comer {
  readonly person: Id;
  readonly identity: Bytes;
  readonly name: string;
  readonly words: string;
  /** For comparing by voice, of who came by the house's word alone; "" for who answered a link. */
  readonly compare: string;
}

export interface Door {
  /** By `comerKey`. Null: nothing that I could open. */
  readonly read: ReadonlySignal<ReadonlyMap<string, Comer | null>>;
  /** Opens what stands at this door, if it was not opened yet. */
  look(fact: CircleFact): Promise<void>;
  /** Does, a moment later, what is to be done at the circle's door. */
  tend(fact: CircleFact): void;
  clear(): void;
}

export interface DoorDeps {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly said: (room: Id) => Said;
  /** The circle is one that I am in, and its keys hold. */
  readonly isAlive: (room: Id) => boolean;
  readonly pull: () => Promise<void>;
  /** Somebody came in who cannot read what was sealed before. */
  readonly cameIn: (room: Id) => Promise<void>;
}

const LET_IN_MS = 1_500;
const ROLL_MS = 2_000;
/** Who let somebody in says the circle's words to them at once; all others wait whether it has been done. */
const SAY_AFTER_MS = 2_500;
const AGAIN_MS = 5_000;

export const comerKey = (room: Id, { person, made_ms: made, state }: DoorFact): string => `${room}/${person}/${made}/${state === "asking" ? state : ""}`;

export function createDoor(core: Core, { vault, keys, outbox, said, isAlive, pull, cameIn }: DoorDeps): Door {
  const read = signal<ReadonlyMap<string, Comer | null>>(new Map());
  const timers = new Map<Id, { readonly timer: unknown; readonly due: number }>();

  // ── Who is there ──────────────────────────────────────────────────────────────────────────────────────────────────

  async function look({ room, requests }: CircleFact): Promise<void> {
    for (const request of requests) {
      const key = comerKey(room, request);
      const known = read.peek().get(key);
      if (known !== undefined && (known !== null || request.state === "asking")) continue;
      const comer = await open(room, request).catch(orNobody);
      read.value = new Map(read.peek()).set(key, comer);
    }
  }

  async function open(room: Id, request: DoorFact): Promise<Comer | null> {
    const legible = request.body !== "" || (request.invite === null && request.state !== "asking");
    if (!legible) return null; // for keepers, or from somebody whom I block
    if (request.invite !== null) return byLink(room, request, request.invite);
    if (request.state === "asking") return asking(room, request);
    const door = said(room).doors.find((one) => one.by === "request" && one.person === request.person);
    if (door?.by !== "request") return null;
    return { ...(await introduced(room, request.person)), name: door.name, words: "" };
  }

  async function byLink(room: Id, { person, body }: DoorFact, invite: Id): Promise<Comer | null> {
    const door = doorOf(room, invite);
    if (door === null) return null;
    const introduced = await core.crypto.readAnswer({ secret: fromBase64url(door.secret), room, answer: fromBase64url(body), inviter: door.from });
    if (introduced.personId !== person) throw new CryptoError("untrusted", "answer-person");
    return { person, identity: introduced.identity, name: shortName(introduced.name), words: "", compare: "" };
  }

  /** Mine are in my vault as well: the entry that tells the others may still be on its way. */
  function doorOf(room: Id, invite: Id): Extract<CircleDoor, { by: "link" }> | null {
    const told = said(room).doors.find((one) => one.by === "link" && one.invite === invite);
    if (told?.by === "link") return told;
    const secret = vault.get(`invite/${invite}`)?.secret;
    return typeof secret === "string" ? { by: "link", invite, secret, from: core.me() } : null;
  }

  async function asking(room: Id, { person, body }: DoorFact): Promise<Comer | null> {
    const asked = (await core.crypto.openBox({ place: { purpose: "request", room, id: person, author: person }, box: fromBase64url(body) })) as { name?: unknown; words?: unknown } | null;
    if (asked === null) return null;
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return { ...(await introduced(room, person)), name: shortName(text(asked.name)), words: text(asked.words) };
  }

  /** By the house, whose word about an identity must be the person's that it names. */
  async function introduced(room: Id, person: Id): Promise<Pick<Comer, "person" | "identity" | "compare">> {
    const identity = await core.api.identity(person);
    await keys.meet(room, person, identity);
    return { person, identity, compare: await core.crypto.fingerprintWords(person) };
  }

  // ── What is to be done ────────────────────────────────────────────────────────────────────────────────────────────

  function tend(fact: CircleFact): void {
    const { room } = fact;
    const wait = waitFor(fact);
    if (wait !== null && core.leading.peek()) later(room, wait);
  }

  /** Whoever knocks does not wait for what can wait. */
  function later(room: Id, ms: number): void {
    const due = core.platform.now() + ms;
    const known = timers.get(room);
    if (known !== undefined && known.due <= due) return;
    core.platform.clearTimeout(known?.timer);
    timers.set(room, { due, timer: core.platform.setTimeout(() => core.background(() => act(room)), ms) });
  }

  /** How long until I act; null: there is nothing to do. */
  function waitFor(fact: CircleFact): number | null {
    if (!isAlive(fact.room)) return null;
    const knocking = canLetIn(fact);
    if (knocking.length > 0) return knocking.some(({ invite }) => invite !== null && doorOf(fact.room, invite)?.from === core.me()) ? 0 : Math.random() * LET_IN_MS;
    if (fact.must_roll) return Math.random() * ROLL_MS;
    return owesWords(fact) ? SAY_AFTER_MS + Math.random() * ROLL_MS : null;
  }

  const canLetIn = ({ room, requests }: CircleFact): readonly DoorFact[] =>
    requests.filter((request) => request.state === "knocking" && read.peek().get(comerKey(room, request)) != null);

  /** Somebody came in after the circle's words were sealed last. */
  function owesWords({ room, members }: CircleFact): boolean {
    const roster = keys.rosters.peek().get(room);
    const newest = Math.max(...members.map(({ from_epoch: from }) => from));
    const waits = outbox.waitingIn(room).peek().some(({ content }) => content.kind === "circle");
    return roster !== undefined && !waits && said(room).epoch < Math.min(newest, roster.epoch);
  }

  async function act(room: Id): Promise<void> {
    timers.delete(room);
    const era = core.era;
    if (!core.leading.peek() || !core.isOpen() || !isAlive(room)) return;
    try {
      const came = await change(room);
      if (came.length > 0) {
        await sayAgain(room, came);
        await cameIn(room);
      }
      await pull();
      const fact = await core.api.circle(room);
      if (owesWords(fact)) await sayAgain(room, []);
    } catch (error) {
      const { code } = toFailure(error);
      if (core.era !== era || code === "locked" || code === "session-ended") return;
      if (code !== "gone" && code !== "untrusted") later(room, AGAIN_MS);
    }
  }

  /** Gives those who came in. */
  async function change(room: Id): Promise<readonly Comer[]> {
    let coming: readonly Comer[] = [];
    const done = await keys.change(room, async (fact) => {
      await look(fact);
      const free = Math.max(0, fact.size - fact.members.length);
      coming = canLetIn(fact).slice(0, free).map((request) => read.peek().get(comerKey(room, request))!);
      return coming.length > 0 || fact.must_roll ? { add: coming.map(({ identity }) => identity), remove: [] } : null;
    });
    return done ? coming : [];
  }

  /** What the circle says of itself, under the newest key. */
  async function sayAgain(room: Id, came: readonly Comer[]): Promise<void> {
    const { words, names, doors } = said(room);
    const called: Readonly<Record<Id, string>> = { ...names, ...Object.fromEntries(came.map(({ person, name }) => [person, name])) };
    const here = new Set(keys.rosters.peek().get(room)?.members);
    // Who is here comes first: a list that has grown too long loses its end.
    const ordered = Object.entries(called).sort(([a], [b]) => Number(here.has(b)) - Number(here.has(a)));
    const open = doors.filter((door) => door.by === "link" || !here.has(door.person));
    await outbox.write(room, { kind: "circle", words, names: Object.fromEntries(ordered), doors: open });
  }

  return {
    read,
    look,
    tend,
    clear() {
      for (const { timer } of timers.values()) core.platform.clearTimeout(timer);
      timers.clear();
      read.value = new Map();
    },
  };
}

/** What does not open, or has gone for good, is nobody; what the house or a lock kept from being opened is looked at again. */
function orNobody(error: unknown): null {
  const nobody = error instanceof CryptoError ? error.code !== "locked" : error instanceof ApiProblem && error.code === "not-found";
  if (nobody) return null;
  throw error;
}
