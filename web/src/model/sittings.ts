/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Sitting together without words. All there is to it is who sits, and that is told by signals alone: who sits says so every ten
// seconds, and a light goes out when nothing was heard for twenty-five. Nothing of it is kept, here or at the house; it ends with
// the page.
//
// A seat begins when somebody opens it; its beginning and end, by the house's clock, travel with every signal, so that the bell is
// the same moment for all. Two may open the same one at once (a yes to an ask leads both there): the earlier beginning counts.

import { computed, signal } from "@preact/signals";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Log, type Ms, type Sitting, type Sittings } from "./face";
import type { Heard, Signals } from "./signals";

/** Somebody whose light may be seen in a room. */
export interface Mate {
  readonly person: Id;
  readonly name: string;
}

export interface SittingsDeps {
  readonly signals: Pick<Signals, "send" | "hear" | "houseTime">;
  readonly log: (room: Id) => Pick<Log, "lines" | "writable">;
  /** Those besides me who are in ROOM now, and whose words may reach me. Reads signals. */
  readonly mates: (room: Id) => readonly Mate[];
}

export interface SittingsNoun extends Sittings {
  /** The stream is open (again): others may have come and gone meanwhile. */
  live(): void;
  clear(): void;
}

interface Seat {
  readonly room: Id;
  readonly sit: Id;
  /** By the house's clock. */
  readonly began: Ms;
  readonly ends: Ms | null;
}

interface Light {
  readonly person: Id;
  readonly device: Id;
  /** When it goes out, by this device's clock. */
  readonly until: Ms;
}

interface Lit extends Seat {
  /** In the order in which they were first seen. One for each page that somebody sits at. */
  readonly lights: readonly Light[];
}

const MINUTE_MS = 60_000;
const BEAT_MS = 10_000;
const OUT_MS = 25_000;
/** Within it those who sit answer a newcomer: not all at the same moment. */
const ANSWER_MS = 900;
const THANKS_MS = 20_000;
/** More of either is no circle's doing. */
const MOST_SEATS = 24;
const MOST_LIGHTS = 100;
const LONGEST_MS = 24 * 3_600_000;

export function createSittings(core: Core, { signals, log, mates }: SittingsDeps): SittingsNoun {
  const seats = signal<readonly Lit[]>([]);
  const seated = signal<Seat | null>(null);
  const thanked = signal<{ readonly room: Id; readonly person: Id; readonly until: Ms } | null>(null);
  /** Where I sat since the session was opened: thanks are for those. */
  const sat = new Set<Id>();
  let beating: unknown = null;
  let answering: unknown = null;
  let beatMs = 0;

  // ── Saying that I sit ─────────────────────────────────────────────────────────────────────────────────────────────

  /** FRESH: I do not know yet who else sits. */
  function say(seat: Seat, fresh: boolean): Promise<void> {
    const { room, sit, began, ends } = seat;
    beatMs = core.clock.now();
    return signals.send(room, { kind: "sit", sit, began, ...(ends !== null && { ends }), ...(fresh && { fresh }) });
  }

  /** Lost ones are not repeated: the next is on its way. Only the end of the room is the end of the sitting. */
  function beat(fresh = false): void {
    core.platform.clearTimeout(beating);
    const seat = seated.peek();
    if (seat === null) return;
    beating = core.platform.setTimeout(beat, BEAT_MS);
    if (!log(seat.room).writable.peek()) return void rise();
    core.background(() => say(seat, fresh));
  }

  function answerSoon(): void {
    answering ??= core.platform.setTimeout(() => {
      answering = null;
      beat();
    }, 100 + Math.random() * (ANSWER_MS - 100));
  }

  /** From the seat; gives the one I sat in. */
  function rise(): Seat | null {
    for (const timer of [beating, answering]) core.platform.clearTimeout(timer);
    beating = answering = null;
    const seat = seated.peek();
    seated.value = null;
    return seat;
  }

  // ── Hearing of others ─────────────────────────────────────────────────────────────────────────────────────────────

  signals.hear("sit", (heard) => {
    const seat = seatIn(heard);
    if (seat === null) return;
    if (heard.said.gone === true) return goOut(seat, heard);
    light(seat, heard);
    const mine = seated.peek();
    if (mine === null || !isSame(mine, seat)) return;
    if (comesBefore(seat, mine)) seated.value = seat;
    if (heard.said.fresh === true) answerSoon();
    // Browsers slow the timers of a page that is not in front; what comes by the stream wakes it.
    else if (core.clock.now() - beatMs > BEAT_MS + ANSWER_MS) beat();
  });

  function seatIn({ room, said, at }: Heard): Seat | null {
    const { sit, began, ends = null } = said;
    if (!isId(sit) || !isTime(began) || began > at + MINUTE_MS) return null;
    const fits = ends === null || (isTime(ends) && ends >= began && ends - began <= LONGEST_MS);
    return fits ? { room, sit, began, ends } : null;
  }

  function light(seat: Seat, { author: person, device }: Heard): void {
    const now = core.clock.now();
    const lit = seats.peek().map((one) => withLights(one, ({ until }) => until > now)).filter(({ lights }) => lights.length > 0);
    const known = lit.find((one) => isSame(one, seat)) ?? { ...seat, lights: [] };
    const fresh: Light = { person, device, until: now + OUT_MS };
    const again = known.lights.some((one) => isOf(one, fresh));
    const lights = again ? known.lights.map((one) => (isOf(one, fresh) ? fresh : one)) : [...known.lights, fresh].slice(0, MOST_LIGHTS);
    const next = { ...(comesBefore(seat, known) ? seat : known), lights };
    seats.value = lit.some((one) => isSame(one, seat)) ? lit.map((one) => (isSame(one, seat) ? next : one)) : [...lit, next].slice(-MOST_SEATS);
  }

  function goOut(seat: Seat, { author: person, device }: Heard): void {
    seats.value = seats.peek().map((one) => (isSame(one, seat) ? withLights(one, (light) => !isOf(light, { person, device })) : one));
  }

  signals.hear("sit-thanks", ({ room, author, said }) => {
    if (typeof said.sit !== "string" || !sat.has(said.sit) || !mates(room).some(({ person }) => person === author)) return;
    thanked.value = { room, person: author, until: core.clock.now() + THANKS_MS };
  });

  // ── What is shown ─────────────────────────────────────────────────────────────────────────────────────────────────

  const open = computed<readonly Sitting[]>(() => {
    if (core.state.value.is !== "open") return [];
    const { me } = core.state.value;
    const mine = seated.value;
    const alone = mine !== null && !seats.value.some((one) => isSame(one, mine));
    const all = alone ? [...seats.value, { ...mine, lights: [] }] : seats.value;
    return all.flatMap((one) => toSitting(one, me, mine)).sort((a, b) => b.began - a.began);
  });

  function toSitting({ room, sit, began, ends, lights }: Lit, me: Id, mine: Seat | null): Sitting[] {
    const iSit = mine !== null && mine.sit === sit && mine.room === room;
    const lit = new Set(lights.filter(({ until }) => core.clock.before(until)).map(({ person }) => person));
    const names = new Map(mates(room).map(({ person, name }) => [person, name]));
    const others = [...lit].flatMap((person) => (names.has(person) && person !== me ? [{ person, name: names.get(person)!, me: false }] : []));
    const people = iSit || lit.has(me) ? [{ person: me, name: "", me: true }, ...others] : others;
    const here = (t: Ms) => t - core.offsetMs;
    return people.length === 0 ? [] : [{ room, sit, people, began: here(began), ends: ends === null ? null : here(ends), iSit }];
  }

  // ── Sitting down, and leaving ─────────────────────────────────────────────────────────────────────────────────────

  function newSeat(room: Id, sit: Id, minutes: number | null, now: Ms): Seat {
    const long = minutes === null ? null : Math.min(Math.max(minutes, 1) * MINUTE_MS, LONGEST_MS);
    return { room, sit, began: now, ends: long === null ? null : now + Math.round(long) };
  }

  /** As long as the ask says that the seat goes back to. */
  function askedMinutes(room: Id, ask: Id): number | null {
    const line = log(room).lines.peek().find((one) => one.is === "entry" && one.id === ask);
    return line?.is === "entry" && line.content.kind === "ask" ? line.content.minutes : null;
  }

  /** A loss of it is no loss: the light goes out by itself. */
  function leave(): void {
    const seat = rise();
    if (seat !== null) core.background(() => signals.send(seat.room, { kind: "sit", sit: seat.sit, began: seat.began, gone: true }));
  }

  function live(): void {
    if (seated.peek() !== null) beat(true);
  }

  core.tabs.hear((news) => {
    if (news.news === "connection" && news.live) live();
  });

  return {
    open,
    mine: computed(() => open.value.find(({ iSit }) => iSit) ?? null),
    thanks: computed(() => {
      const now = thanked.value;
      return now !== null && core.state.value.is === "open" && core.clock.before(now.until) ? { room: now.room, person: now.person } : null;
    }),
    sit: (room, { sit = core.newId(), minutes }) => core.act(async () => {
      core.me();
      if (!log(room).writable.peek()) throw new ModelFailure("room-ended");
      const now = await signals.houseTime();
      core.me();
      const mine = seated.peek();
      if (mine !== null && isSame(mine, { ...mine, room, sit })) return sit;
      leave();
      const known = seats.peek().find((one) => one.room === room && one.sit === sit && one.lights.some(({ until }) => until > core.clock.now()));
      seated.value = known === undefined ? newSeat(room, sit, minutes ?? askedMinutes(room, sit), now) : seatOf(known);
      sat.add(sit);
      beat(true);
      return sit;
    }),
    leave: () => core.act(async () => leave()),
    thank: (room, sit) => core.act(async () => {
      if (!sat.has(sit)) throw new ModelFailure("gone");
      await signals.send(room, { kind: "sit-thanks", sit });
    }),
    live,
    clear() {
      rise();
      sat.clear();
      seats.value = [];
      thanked.value = null;
    },
  };
}

const isTime = (value: unknown): value is Ms => Number.isSafeInteger(value) && Number(value) >= 0;

const isSame = (a: Seat, b: Seat): boolean => a.sit === b.sit && a.room === b.room;

const isOf = (light: Pick<Light, "person" | "device">, other: Pick<Light, "person" | "device">): boolean => light.person === other.person && light.device === other.device;

const withLights = (one: Lit, keep: (light: Light) => boolean): Lit => ({ ...one, lights: one.lights.filter(keep) });

const seatOf = ({ room, sit, began, ends }: Seat): Seat => ({ room, sit, began, ends });

/** Of two openings of one seat: whose times count. All come to the same answer. */
function comesBefore(a: Seat, b: Seat): boolean {
  return a.began !== b.began ? a.began < b.began : (a.ends ?? Infinity) < (b.ends ?? Infinity);
}
