/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Circles: three to eight people with agreements of their own. Put together from what the house says of each (who is in it, its
// rules, who is at the door), from its roster, which alone decides who is in it, and from what it says of itself in its log.
//
// Four matters have files of their own: what my vault keeps (circles_record), who comes in (circles_door), how I come to one
// (circles_requests), and what one says to one member alone (asides).

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { CircleFact, RequestFact } from "../api/circles";
import { ApiProblem } from "../api/problem";
import { CIRCLE_AGREEMENTS_MAX_BYTES, CIRCLE_NAME_MAX_BYTES, CIRCLE_PURPOSE_MAX_BYTES, CryptoError, type CircleCard } from "../crypto/face";
import { utf8, type Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import { sealAside } from "./asides";
import { comerKey, createDoor } from "./circles_door";
import { fold, foldOne, recordIn, toCircleRecord, toSaid, type CircleRecord, type Said } from "./circles_record";
import { answerValue, createRequests } from "./circles_requests";
import { shortName } from "./content";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Aside, type AtTheDoor, type Circle, type CircleMember, type CircleRules, type Circles, type CircleWords, type Content, type Loading, type Ms } from "./face";
import type { InvitesNoun } from "./invites";
import type { Keys } from "./keys";
import type { Logs, Seen } from "./logs";
import type { Outbox } from "./outbox";
import type { InCircles } from "./rooms";
import type { Vault } from "./vault";

export interface CirclesNoun extends Circles, InCircles {
  /** Circles that I am in and whose words may reach me. */
  readonly heard: ReadonlySignal<readonly Id[]>;
  /** As they are called there; "" while not known. Reads signals, as does memberIds. */
  nameOf(room: Id, person: Id): string;
  /** Those who are in it, by its roster: me among them. */
  memberIds(room: Id): readonly Id[];
  /** The others who are in it, whose words may reach me. */
  mates(room: Id): readonly { readonly person: Id; readonly name: string }[];
  /** When I came in, by the house's clock; null: I founded it, or am not in it. */
  cameIn(room: Id): Ms | null;
  /** Who came in while I was there, with the line that said so. Reads signals. */
  newcomers(room: Id): readonly { readonly person: Id; readonly at: Ms; readonly seq: number }[];
  /** What it says of itself. */
  said(room: Id): Said;
  /** Whether its log can be read here. */
  isSettled(room: Id): boolean;
  pull(): Promise<void>;
  /** What the house said last, from this device. */
  load(): Promise<void>;
  clear(): void;
  stop(): void;
}

export interface CirclesDeps {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly logs: Logs;
  readonly outbox: Outbox;
  readonly invites: Pick<InvitesNoun, "make">;
  readonly blocked: ReadonlySignal<readonly Id[]>;
  readonly readUpTo: (room: Id) => number;
  /** Somebody came in who cannot read what was sealed before. */
  readonly cameIn: (room: Id) => Promise<void>;
}

const FACT = "circles";
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const NO_RULES: CircleRules = { size: 6, line: null, fadeDays: 0, gatheringFadeDays: 7, doorMinutes: 5 };
/** What one says there, as against what devices tell each other. */
const SPOKEN: readonly Content["kind"][] = ["share", "reply", "aside", "ask", "goodbye", "thought", "turn"];

type Kept = { readonly circles: readonly CircleFact[]; readonly requests: readonly RequestFact[] };

export function createCircles(core: Core, deps: CirclesDeps): CirclesNoun {
  const { vault, keys, logs, outbox, invites, blocked, readUpTo, cameIn } = deps;
  const facts = signal<readonly CircleFact[]>([]);
  const unsettled = signal<ReadonlyMap<Id, "settling" | "untrusted">>(new Map());
  const state = signal<Loading>({ is: "idle" });
  const heardSaid = new Set<Id>();

  const factOf = (room: Id) => facts.value.find((one) => one.room === room) ?? null;
  const recordOf = (room: Id): CircleRecord | null => toCircleRecord(vault.items.value.get(`circle/${room}`) ?? null);

  const requests = createRequests(core, { vault, isIn: (room) => factOf(room) !== null, keep });
  const door = createDoor(core, { vault, keys, outbox, said: (room) => said(room), isAlive: (room) => stateOf(room) === "alive", pull, cameIn });

  // ── What the house says ───────────────────────────────────────────────────────────────────────────────────────────

  let pulling: Promise<void> | null = null;
  let again = false;

  /** One at a time; what is asked for meanwhile is one more after it. */
  function pull(): Promise<void> {
    again = true;
    pulling ??= pullUntilSettled().finally(() => (pulling = null));
    return pulling;
  }

  async function pullUntilSettled(): Promise<void> {
    while (again) {
      again = false;
      await core.loading(state, pullOnce);
    }
    const now = state.peek();
    if (now.is === "failed") throw now.failure;
  }

  async function pullOnce(): Promise<void> {
    const { era } = core;
    const list = await core.api.circles();
    const asked = await core.api.requests();
    if (core.era !== era) return;
    await requests.take(asked);
    await take(list, true);
    await partFrom(list);
    await keep();
    core.tabs.tell({ news: "facts" });
    for (const { room } of facts.peek()) if (isSettled(room)) core.background(() => logs.reachBack(room));
  }

  async function keep(): Promise<void> {
    const kept: Kept = { circles: facts.peek(), requests: requests.facts.peek() };
    await core.local.facts.put(FACT, await core.sealJson(kept, FACT));
  }

  /** Where the house names a newer epoch, its keys are fetched. FRESH: they must be had. */
  async function take(list: readonly CircleFact[], fresh: boolean): Promise<void> {
    facts.value = list;
    const left = new Map<Id, "settling" | "untrusted">();
    for (const fact of list) {
      try {
        await settle(fact, fresh);
      } catch (error) {
        if (!(error instanceof CryptoError) && !(error instanceof ApiProblem)) throw error;
        left.set(fact.room, error instanceof CryptoError && error.code !== "locked" ? "untrusted" : "settling");
      }
    }
    unsettled.value = left;
    for (const { room } of list) if (!left.has(room)) await logs.load(room);
  }

  async function settle({ room, epoch }: CircleFact, fresh: boolean): Promise<void> {
    if (recordIn(vault, room) === null) await vault.load(); // another tab may just have made it
    if (recordIn(vault, room) === null && fresh) await vault.pull();
    await keys.ready(room);
    if (keys.rosters.peek().get(room)?.epoch !== epoch) await keys.ready(room, true).catch(fresh ? rethrow : unlessCut);
    const record = recordIn(vault, room) ?? recovered();
    if (record.since === 0 || record.gone) await remember(room, { ...record, since: core.houseNow() ?? core.clock.now(), gone: false, parting: "" });
  }

  /** I founded it, so its first link carries my own signature: keys.ready has held it against that. */
  const recovered = (): CircleRecord => ({ firstAuthor: core.me(), myName: "", since: 0, gone: false, founder: true, parting: "" });

  const remember = (room: Id, record: CircleRecord) => vault.set(`circle/${room}`, { ...record });

  /** Circles that I was in, and am not any more. */
  async function partFrom(list: readonly CircleFact[]): Promise<void> {
    for (const { rest: room, value } of vault.under("circle/")) {
      const record = toCircleRecord(value);
      if (record === null || record.since === 0 || record.gone || list.some((one) => one.room === room)) continue;
      await remember(room, { ...record, gone: true, parting: partingIn(room) });
    }
  }

  function partingIn(room: Id): string {
    const me = core.me();
    const said = logs.log(room).seen.peek().flatMap(({ content }) => (content?.kind === "aside" && content.to === me && content.said.kind === "parting" ? [content.said.text] : []));
    return said[said.length - 1] ?? "";
  }

  // ── What the circle says of itself ────────────────────────────────────────────────────────────────────────────────

  const folded = createMemo((room) => computed(() => fold(toSaid(vault.items.value.get(`said/${room}`) ?? null), logs.log(room).seen.value)));

  /** With my own words that are still on their way. */
  const saidIn = createMemo((room) => computed<Said>(() => {
    const open = core.state.value;
    const waiting = outbox.waitingIn(room).value.filter(({ what, place }) => what === "put" && place.is !== "refused");
    return waiting.reduce((now, { content }) => foldOne(now, { seq: now.seq, epoch: now.epoch, author: open.is === "open" ? open.me : "", content }), folded(room).value);
  }));

  const said = (room: Id): Said => saidIn(room).value;

  // ── Showing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function stateOf(room: Id): Circle["state"] {
    const record = recordOf(room);
    if (record?.gone) return "gone";
    if (keys.untrusted.value.has(room)) return "untrusted";
    const left = unsettled.value.get(room);
    if (left !== undefined) return left;
    return record === null || !keys.rosters.value.has(room) ? "settling" : "alive";
  }

  const isSettled = (room: Id): boolean => stateOf(room) === "alive";

  const mine = computed<readonly Circle[]>(() => {
    const open = core.state.value;
    if (open.is !== "open") return [];
    const gone = vault.under("circle/").filter(({ rest, value }) => toCircleRecord(value)?.gone && factOf(rest) === null);
    const rooms = [...facts.value.map(({ room }) => room), ...gone.map(({ rest }) => rest)];
    return rooms.map((room) => show(room, open.me)).sort(byLife);
  });

  function show(room: Id, me: Id): Circle {
    const fact = factOf(room);
    const members = membersOf(room);
    const seen = logs.log(room).seen.value.filter(isSpoken);
    return {
      room,
      words: said(room).words,
      rules: fact === null ? NO_RULES : rulesOf(fact),
      members,
      iFounded: recordOf(room)?.founder === true,
      iKeep: members.some((one) => one.me && one.keeper),
      atTheDoor: fact === null ? [] : doorOf(fact, members.some((one) => one.me && one.keeper)),
      state: stateOf(room),
      parting: recordOf(room)?.parting ?? "",
      spokeAt: seen[seen.length - 1]?.at ?? null,
      unread: seen.some(({ author, seq }) => author !== me && seq > readUpTo(room)),
    };
  }

  /** Turns are read in their gathering. */
  function isSpoken({ refused, state: line, author, content }: Seen): boolean {
    return refused === null && line === "plain" && content !== null && SPOKEN.includes(content.kind) && !blocked.value.includes(author);
  }

  /** By the roster; whom the house does not name any more has left, and is taken out of the roster by whoever comes first. */
  function membersOf(room: Id): readonly CircleMember[] {
    const fact = factOf(room);
    const me = core.state.value.is === "open" ? core.state.value.me : "";
    const roster = keys.rosters.value.get(room)?.members ?? [];
    if (fact === null || stateOf(room) !== "alive") return [];
    const told = new Map(fact.members.map((one) => [one.person, one]));
    return roster
      .flatMap((person) => told.get(person) ?? [])
      .map(({ person, keeper }) => ({ person, name: nameOf(room, person), me: person === me, keeper }))
      .sort((a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name));
  }

  function doorOf({ room, requests: there }: CircleFact, iKeep: boolean): readonly AtTheDoor[] {
    return there.flatMap((request): AtTheDoor[] => {
      const { person, state: at, made_ms: made } = request;
      if (at === "asking" && !iKeep) return [];
      const comer = door.read.value.get(comerKey(room, request));
      if (comer === undefined) return []; // not looked at yet: a moment
      return [{ person, name: comer?.name ?? "", words: comer?.words ?? "", at: made, state: at, compare: comer?.compare ?? "" }];
    });
  }

  function nameOf(room: Id, person: Id): string {
    return said(room).names[person] ?? "";
  }

  function fadedBefore(room: Id): Ms | null {
    const [days, now] = [factOf(room)?.fade_days ?? 0, core.houseNow()];
    if (days === 0 || now === null) return null;
    const device = core.clock.now();
    core.clock.before(device - (device % HOUR_MS) + HOUR_MS);
    return now - days * DAY_MS;
  }

  const circle = createMemo((room) => computed(() => mine.value.find((one) => one.room === room) ?? null));
  const heard = computed<readonly Id[]>(() => (core.state.value.is === "open" ? facts.value.map(({ room }) => room).filter(isSettled) : []));

  // ── What devices do by themselves ─────────────────────────────────────────────────────────────────────────────────

  const leads = (): boolean => core.state.value.is === "open" && core.leading.value;

  const stops = [
    // What the circle says of itself stands in the vault before its entries fade.
    effect(() => {
      if (!leads()) return;
      for (const room of heard.value) {
        const now = folded(room).value;
        if (now.seq > toSaid(vault.items.value.get(`said/${room}`) ?? null).seq) core.background(() => vault.set(`said/${room}`, { ...now }, true));
      }
    }),
    // The door is looked at when the house tells of it, and when a door's secret comes by the log.
    effect(() => {
      if (!leads()) return;
      for (const fact of facts.value) {
        if (!isSettled(fact.room)) continue;
        void said(fact.room);
        core.background(async () => (await door.look(fact), door.tend(fact)));
      }
    }),
    // A word that came for me alone: the others' devices are told that the share has been heard.
    effect(() => {
      if (!leads()) return;
      for (const room of heard.value) for (const share of newlyHeard(room)) core.background(() => tellHeard(room, share));
    }),
    effect(() => {
      if (!leads()) return;
      for (const room of heard.value) {
        const until = fadedBefore(room);
        if (until !== null) core.background(() => logs.fade(room, until));
      }
    }),
  ];

  function newlyHeard(room: Id): readonly Id[] {
    const me = core.me();
    const seen = logs.log(room).seen.value;
    const mineStanding = new Set(seen.filter(({ author, content }) => author === me && content?.kind === "share").map(({ id }) => id));
    const told = new Set(seen.flatMap(({ author, content }) => (author === me && content?.kind === "heard" ? [content.to] : [])));
    const answered = seen.flatMap(({ content }) => (content?.kind === "aside" && content.to === me && content.said.kind === "response" ? [content.said.to] : []));
    return [...new Set(answered)].filter((share) => mineStanding.has(share) && !told.has(share) && !heardSaid.has(share));
  }

  async function tellHeard(room: Id, share: Id): Promise<void> {
    if (heardSaid.has(share)) return;
    heardSaid.add(share);
    const waits = outbox.waitingIn(room).peek().some(({ content }) => content.kind === "heard" && content.to === share);
    if (!waits) await outbox.write(room, { kind: "heard", to: share });
  }

  // ── What I do ─────────────────────────────────────────────────────────────────────────────────────────────────────

  function mustBeAlive(room: Id): void {
    if (!core.isOpen()) throw new ModelFailure("locked");
    if (stateOf(room) !== "alive") throw new ModelFailure("room-ended");
  }

  async function aside(room: Id, to: Id, saying: Aside): Promise<Id> {
    mustBeAlive(room);
    const id = core.newId();
    return outbox.write(room, await sealAside(core, room, id, { person: to, identity: await keys.identity(room, to) }, saying), id);
  }

  async function found({ words, size, myName }: Parameters<Circles["found"]>[0]): Promise<Id> {
    const [me, name, said] = [core.me(), shortName(myName), tidy(words)];
    const { room, change } = await core.crypto.foundCircle();
    await remember(room, { firstAuthor: me, myName: name, since: 0, gone: false, founder: true, parting: "" });
    await vault.set(`said/${room}`, { seq: 0, epoch: 0, words: said, names: { [me]: name }, doors: [] });
    try {
      await vault.flush();
      await twice(() => core.api.foundCircle(size, change));
    } catch (error) {
      if (!(error instanceof ApiProblem) || !error.network) for (const item of ["circle", "said"]) await vault.remove(`${item}/${room}`);
      throw error;
    }
    await keys.ready(room, true);
    await outbox.write(room, { kind: "circle", words: said, names: { [me]: name }, doors: [] });
    await pull();
    return room;
  }

  /** Once more if it was cut off: the house answers a repeat as it did the first time. */
  async function twice(ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof ApiProblem) || !error.network) throw error;
      await ask();
    }
  }

  async function setWords(room: Id, words: CircleWords): Promise<void> {
    mustBeAlive(room);
    const { names, doors } = said(room);
    await outbox.write(room, { kind: "circle", words: tidy(words), names, doors });
  }

  /** What a link, or a yes, tells of the circle. */
  function cardOf(room: Id): CircleCard {
    const [record, roster] = [recordIn(vault, room), keys.rosters.peek().get(room)];
    if (record === null || roster === undefined) throw new ModelFailure("untrusted");
    const { name, purpose, agreements } = said(room).words;
    return { room, firstAuthor: record.firstAuthor, mark: { epoch: roster.epoch, hash: roster.hash }, name, purpose, agreements };
  }

  async function invite(room: Id, how: Parameters<Circles["invite"]>[1]): ReturnType<Circles["invite"]> {
    mustBeAlive(room);
    const made = await invites.make({ ...how, name: nameOf(room, core.me()), circle: cardOf(room) });
    await outbox.write(room, { kind: "door", door: { by: "link", invite: made.id, secret: made.secret, from: core.me() } });
    const { secret: _, ...shown } = made;
    return shown;
  }

  async function answer(room: Id, person: Id, { welcome, words }: Parameters<Circles["answer"]>[2]): Promise<void> {
    mustBeAlive(room);
    const request = facts.peek().find((one) => one.room === room)?.requests.find((one) => one.person === person);
    if (request === undefined) throw new ModelFailure("gone");
    const identity: Bytes = await core.api.identity(person);
    await keys.meet(room, person, identity);
    const value = answerValue(words, welcome ? cardOf(room) : null);
    const box = await core.crypto.sealBox({ place: { purpose: "answer", room, id: person }, to: [identity], value });
    const name = door.read.peek().get(comerKey(room, request))?.name ?? "";
    // The door first: whoever is welcome is let in by any device that knows of it.
    if (welcome) await outbox.write(room, { kind: "door", door: { by: "request", person, name } });
    await core.api.answerRequest(room, person, welcome, box);
    await pull();
  }

  async function sayAndWait(room: Id, write: () => Promise<unknown>): Promise<void> {
    await write();
    await outbox.drained(room);
  }

  async function leave(room: Id, goodbye: string): Promise<void> {
    mustBeAlive(room);
    if (goodbye.trim() !== "") await sayAndWait(room, () => outbox.write(room, { kind: "goodbye", text: goodbye }));
    const leaving = await core.crypto.leave({ room });
    await twice(() => core.api.leaveCircle(room, leaving));
    await pull();
  }

  async function askToLeave(room: Id, person: Id, words: string): Promise<void> {
    mustBeAlive(room);
    if (words.trim() !== "") await sayAndWait(room, () => aside(room, person, { kind: "parting", text: words }));
    await keys.change(room, async ({ members }) => (members.some((one) => one.person === person) ? { add: [], remove: [person] } : null));
    await pull();
  }

  async function putAway(room: Id): Promise<void> {
    if (stateOf(room) !== "gone") throw new ModelFailure("unexpected");
    await logs.forget(room);
    await outbox.load();
    for (const item of ["circle", "said", "known", "read"]) if (vault.get(`${item}/${room}`) !== null) await vault.remove(`${item}/${room}`);
  }

  async function thenPull(ask: () => Promise<void>): Promise<void> {
    await ask();
    await pull();
  }

  return {
    mine,
    state,
    circle,
    heard,
    nameOf,
    memberIds: (room) => membersOf(room).map(({ person }) => person),
    mates: (room) => membersOf(room).filter(({ person, me }) => !me && !blocked.value.includes(person)).map(({ person, name }) => ({ person, name })),
    cameIn: (room) => (recordOf(room)?.founder === false ? (recordOf(room)?.since ?? null) : null),
    newcomers: (room) => newcomersIn(logs.log(room).seen.value, core.me()),
    said,
    isSettled,
    is: (room) => vault.items.value.has(`circle/${room}`),
    isAlive: (room) => stateOf(room) === "alive",
    fadedBefore,
    blocks: (person) => blocked.value.includes(person),
    aside: (room, to, saying) => core.act(() => aside(room, to, saying)),
    pull,
    async load() {
      const sealed = await core.local.facts.get(FACT);
      const kept = sealed === null ? null : ((await core.openJson(sealed, FACT)) as Kept | null);
      if (kept === null) return;
      await requests.take(kept.requests);
      await take(kept.circles, false);
      for (const { rest: room, value } of vault.under("circle/")) if (toCircleRecord(value)?.gone) await logs.load(room);
    },
    clear() {
      facts.value = [];
      unsettled.value = new Map();
      state.value = { is: "idle" };
      heardSaid.clear();
      door.clear();
      requests.clear();
    },
    stop: () => stops.forEach((stop) => stop()),

    found: (how) => core.act(() => found(how)),
    setWords: (room, words) => core.act(() => setWords(room, words)),
    setRules: (room, rules) => core.act(() => thenPull(() => core.api.setCircle(room, rulesFact(rules)))),
    setMyName: (room, name) => core.act(async () => {
      mustBeAlive(room);
      await remember(room, { ...recordIn(vault, room)!, myName: shortName(name) });
      await outbox.write(room, { kind: "name", name: shortName(name) });
    }),
    setKeeper: (room, person, on) => core.act(() => thenPull(() => (on ? core.api.makeKeeper(room, person) : core.api.endKeeper(room, person)))),
    invite: (room, how) => core.act(() => invite(room, how)),
    knock: requests.knock,
    directory: requests.directory,
    directoryState: requests.directoryState,
    loadDirectory: requests.loadDirectory,
    requests: requests.requests,
    request: requests.request,
    withdraw: requests.withdraw,
    accept: requests.accept,
    answer: (room, person, how) => core.act(() => answer(room, person, how)),
    leave: (room, goodbye) => core.act(() => leave(room, goodbye)),
    askToLeave: (room, person, words) => core.act(() => askToLeave(room, person, words)),
    putAway: (room) => core.act(() => putAway(room)),
    kindness: (room, to, text) => core.act(() => aside(room, to, { kind: "kindness", text })),
  };
}

function rethrow(error: unknown): never {
  throw error;
}

/** Without a network what is here has to do. */
function unlessCut(error: unknown): void {
  if (!(error instanceof ApiProblem) || !error.network) throw error;
}

/** Names that the circle's words have, and had not the time before. */
function newcomersIn(seen: readonly Seen[], me: Id): { person: Id; at: Ms; seq: number }[] {
  let before: Readonly<Record<Id, string>> | null = null;
  const came: { person: Id; at: Ms; seq: number }[] = [];
  for (const { content, at, seq } of seen) {
    if (content?.kind !== "circle") continue;
    const known = before;
    if (known !== null) came.push(...Object.keys(content.names).filter((person) => person !== me && !Object.hasOwn(known, person)).map((person) => ({ person, at, seq })));
    before = content.names;
  }
  return came;
}

/** The last spoken in first; those that are gone at the end. */
function byLife(a: Circle, b: Circle): number {
  return Number(a.state === "gone") - Number(b.state === "gone") || (b.spokeAt ?? 0) - (a.spokeAt ?? 0);
}

const rulesOf = ({ size, line, fade_days: fadeDays, gathering_fade_days: gatheringFadeDays, door_minutes: doorMinutes }: CircleFact): CircleRules => ({ size, line, fadeDays, gatheringFadeDays, doorMinutes });

const rulesFact = ({ size, line, fadeDays, gatheringFadeDays, doorMinutes }: CircleRules) => ({ size, line, fade_days: fadeDays, gathering_fade_days: gatheringFadeDays, door_minutes: doorMinutes });

/** A name on one line; and no more in all than a link can carry to its door, or the circle could not invite. */
function tidy(words: CircleWords): CircleWords {
  const tidied = { ...words, name: shortName(words.name) };
  const fits = ([text, most]: readonly [string, number]) => utf8(JSON.stringify(text)).length - 2 <= most;
  const all = [[tidied.name, CIRCLE_NAME_MAX_BYTES], [tidied.purpose, CIRCLE_PURPOSE_MAX_BYTES], [tidied.agreements, CIRCLE_AGREEMENTS_MAX_BYTES]] as const;
  if (!all.every(fits)) throw new ModelFailure("too-long");
  return tidied;
}
