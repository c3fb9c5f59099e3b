/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Gatherings: meetings of a circle that take turns. The house holds the order, the piece and the clock; what is said goes into
// the circle's log, sealed, by a road that the house opens to the holder alone.
//
// Words go before the piece: handing on waits until what I said in this turn is at the house. Words that come out of turn (the
// piece went on while they were on their way) become the draft of this gathering, and a voice its recording: nothing is lost.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import type { GatheringFact, GatheringWhole, Step } from "../api/gatherings";
import type { Id } from "../lib/id";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Aside, type Drafts, type Gathering, type GatheringInfo, type Gatherings, type GatheringWords, type Loading, type Ms, type VoiceNote } from "./face";
import { givingBack } from "./gatherings_back";
import { fading } from "./gatherings_fade";
import { createLive } from "./gatherings_live";
import { isAhead, isGoing, NO_WORDS, toGathering, toInfo, wordsIn, type Said } from "./gatherings_seen";
import { createTold, wholeOf, type Told } from "./gatherings_told";
import type { Logs } from "./logs";
import type { Outbox, Waiting } from "./outbox";
import type { Signals } from "./signals";
import type { VoicesNoun } from "./voices";

export interface GatheringsDeps {
  readonly logs: Logs;
  readonly outbox: Outbox;
  readonly signals: Pick<Signals, "send" | "hear">;
  readonly drafts: Drafts;
  readonly voices: Pick<VoicesNoun, "toRecording">;
  /** Circles that I am in. */
  readonly rooms: ReadonlySignal<readonly Id[]>;
  readonly nameOf: (room: Id, person: Id) => string;
  /** Something to one member alone. */
  readonly aside: (room: Id, to: Id, said: Aside) => Promise<Id>;
  /** No words of these entries stay on this device. */
  readonly erase: (room: Id, entries: readonly Id[]) => Promise<void>;
  /** The stream is live, in whichever tab. */
  readonly streaming: () => boolean;
}

export interface GatheringsNoun extends Gatherings {
  /** The next one, if it is within a day or going on. */
  readonly soon: ReadonlySignal<GatheringInfo | null>;
  /** From this device. */
  load(): Promise<void>;
  pull(): Promise<void>;
  /** The house says that one has changed. */
  heard(news: { readonly gathering: Id; readonly room: Id; readonly version: number }): Promise<void>;
  /** Somebody came into ROOM who cannot read what was said of its gatherings before. */
  tellAgain(room: Id): Promise<void>;
  clear(): void;
  stop(): void;
}

const SIGN = "here";
const SIGN_MS = 6_000;
const DAY_MS = 86_400_000;
/** One that was not ended by anybody is over after so many times its length. */
const LONGEST = 3;
const MINUTE_MS = 60_000;
/** Lists change with each turn of a gathering that one is not in: they are asked for together. */
const LIST_MS = 3_000;
/** That the house is asked about in one go, for what was said in them. */
const OVER_AT_ONCE = 20;
/** Of which somebody who came in is told. */
const TOLD_AGAIN = 30;

export function createGatherings(core: Core, deps: GatheringsDeps): GatheringsNoun {
  const { logs, outbox, signals, drafts, voices, rooms, nameOf, aside, erase, streaming } = deps;
  const state = signal<Loading>({ is: "idle" });
  const told = createTold(core);
  const live = createLive(core, { told, logs, streaming, take, lost });
  const said = signal<ReadonlyMap<Id, Said>>(new Map());
  /** By gathering and person: until when a sign is shown, by this device's clock. */
  const signs = signal<ReadonlyMap<Id, ReadonlyMap<Id, Ms>>>(new Map());
  /** Left here; the house hears of it when it can. */
  const left = signal<ReadonlySet<Id>>(new Set());
  const attempts = new Map<string, Id>();
  /** Rooms whose list is to be asked for, and those whose list was asked for since the session was opened. */
  let stale = new Set<Id>();
  const pulled = new Set<Id>();
  let later: unknown = null;

  // ── Showing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  const before = (t: Ms): boolean => core.clock.before(t - core.offsetMs);
  const wordsOf = createMemo((room) => computed(() => wordsIn(told.words.value, logs.log(room).seen.value, outbox.waitingIn(room).value)));
  const infoOf = (fact: GatheringFact): GatheringInfo => toInfo(fact, wordsOf(fact.room).value.get(fact.id)?.words ?? NO_WORDS, before);

  const hasFaded = ({ fades_ms: fades }: GatheringFact): boolean => fades !== null && !before(fades);

  /** Of my circles; those that were called off, or have faded, are not in lists. */
  const listed = computed<readonly GatheringFact[]>(() => {
    if (core.state.value.is !== "open") return [];
    const mine = new Set(rooms.value);
    const facts = [...told.all.value.values()].map(({ head }) => head).filter((fact) => mine.has(fact.room) && fact.stage !== "cancelled" && !hasFaded(fact));
    return facts.sort((a, b) => a.start_ms - b.start_ms || (a.id < b.id ? -1 : 1));
  });

  const isComing = ({ stage, start_ms: start, minutes }: GatheringFact): boolean => isAhead(stage) && before(start + LONGEST * minutes * MINUTE_MS);
  const coming = computed(() => listed.value.filter(isComing).map(infoOf));

  const soon = computed(() => {
    const next = coming.value[0];
    return next === undefined || (next.stage === "ahead" && before(next.start - DAY_MS)) ? null : next;
  });

  const gathering = createMemo((id) => computed(() => show(id), {
    watched: () => void queueMicrotask(() => live.watch(id)),
    unwatched: () => void queueMicrotask(() => live.unwatch(id)),
  }));

  function show(id: Id): Gathering | null {
    const open = core.state.value;
    const known = told.all.value.get(id);
    const whole = known === undefined ? null : wholeOf(known);
    if (open.is !== "open" || whole === null) return null;
    const { room } = whole;
    return toGathering({
      me: open.me,
      told: whole,
      words: wordsOf(room).value.get(id)?.words ?? NO_WORDS,
      seen: logs.log(room).seen.value,
      waiting: outbox.waitingIn(room).value,
      said: said.value,
      nameOf: (person) => nameOf(room, person),
      before,
      signs: [...(signs.value.get(id) ?? [])].filter(([, until]) => core.clock.before(until)).map(([person]) => person),
      sits: told.seats.value.has(id),
      gone: left.value.has(id),
    });
  }

  // ── What the house says ───────────────────────────────────────────────────────────────────────────────────────────

  function take(whole: GatheringWhole): void {
    core.heardTime(whole.now_ms);
    told.take(whole);
  }

  function lost(id: Id, error: unknown): void {
    const known = told.get(id);
    if (!(error instanceof ApiProblem) || error.code !== "not-found" || known === null) return;
    told.drop([id]);
    // It has faded there.
    if (known.head.stage === "over") core.background(() => fade.gone(known.head.room, [known]));
  }

  const allWords = () => new Map([...new Set([...told.all.peek().values()].map(({ head }) => head.room))].flatMap((room) => [...wordsOf(room).peek()]));
  const keep = () => told.keep(allWords());

  async function pullRoom(room: Id): Promise<void> {
    const { era } = core;
    const list = await core.api.gatherings(room);
    if (core.era !== era) return;
    pulled.add(room);
    for (const { now_ms: now } of list) core.heardTime(now);
    await fade.gone(room, told.takeRoom(room, list));
    // What was said is read afterwards, too, and fades here by what the house says of it now.
    const unread = list.filter(({ id, stage }) => stage === "over" && isBehind(told.get(id))).slice(0, OVER_AT_ONCE);
    for (const { id } of unread) await live.refresh(id).catch(() => undefined);
    await keep();
  }

  const isBehind = (one: Told | null): boolean => one?.whole == null || one.whole.version < one.head.version;

  async function pullAll(): Promise<void> {
    // One that I have just left does not keep the others from being asked for.
    for (const room of rooms.peek()) await pullRoom(room).catch(orNone);
    await live.refreshAll();
    await fade.due();
  }

  function pullSoon(room: Id): void {
    stale.add(room);
    later ??= core.platform.setTimeout(() => {
      later = null;
      const now = stale;
      stale = new Set();
      core.background(async () => {
        for (const one of now) if (rooms.peek().includes(one)) await pullRoom(one).catch(orNone);
      });
    }, LIST_MS);
  }

  /** In each tab: whoever follows it asks; the leading one keeps the lists. */
  async function react({ gathering: id, room, version }: { readonly gathering: Id; readonly room: Id; readonly version: number }): Promise<void> {
    const known = told.get(id);
    if (live.follows(id)) {
      if (known?.whole == null || known.whole.version < version) await live.refresh(id);
      if (told.get(id)?.head.stage !== known?.head.stage && core.leading.peek()) pullSoon(room);
    } else if (core.leading.peek() && (known === null || known.head.version < version)) pullSoon(room);
  }

  core.tabs.hear((news) => {
    if (!core.isOpen()) return;
    if (news.news === "gathering") core.background(() => react(news));
    if (news.news === "present") live.saidPresent(news.gathering);
    if (news.news === "gatherings") core.background(told.load);
  });

  /** A circle that opened just now. */
  const stopWatching = effect(() => {
    if (core.state.value.is !== "open" || !core.leading.value) return;
    for (const room of rooms.value) if (!pulled.has(room)) pullSoon(room);
  });

  const fade = fading(core, { told, logs, erase });

  // ── Doing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** As it is known here; asked for if it is not. */
  async function need(id: Id): Promise<GatheringWhole> {
    core.me();
    if (told.get(id)?.whole == null) await live.refresh(id);
    const known = told.get(id);
    const whole = known && wholeOf(known);
    if (whole === null) throw new ModelFailure("gone");
    return whole;
  }

  /** What the house says no to is shown as it stands now. */
  async function asking(id: Id, work: () => Promise<GatheringWhole>): Promise<void> {
    try {
      take(await work());
    } catch (error) {
      if (error instanceof ApiProblem && !error.passing) await live.refresh(id).catch(() => undefined);
      throw failureOf(error);
    }
  }

  const step = (id: Id, what: Step) => asking(id, () => core.api.gatheringStep(id, what));

  /** Something about a gathering that the lists show. */
  async function changing(id: Id, work: () => Promise<void>): Promise<void> {
    const { room } = await need(id);
    await work().catch((error: unknown) => {
      throw failureOf(error);
    });
    await pullRoom(room);
    await live.refresh(id).catch(() => undefined);
  }

  async function schedule(room: Id, how: Parameters<Gatherings["schedule"]>[1]): Promise<readonly Id[]> {
    core.me();
    const { words, turnSeconds, start, zone, repeat, count, minutes } = how;
    // Cut off and tried again it is the same series.
    const attempt = JSON.stringify([room, how]);
    const id = attempts.get(attempt) ?? core.newId();
    attempts.set(attempt, id);
    const made = await core.api.schedule({ id, room, start, zone, repeat, count, minutes, turn_s: turnSeconds });
    const puts = made.flatMap(({ id: one }, i) => {
      const about = words.length === 1 ? words[0] : words[i];
      return about === undefined || isEmpty(about) ? [] : [{ room, content: { kind: "gathering" as const, gathering: one, words: about } }];
    });
    if (puts.length > 0) await outbox.step(puts, []);
    attempts.delete(attempt);
    await pullRoom(room);
    return made.map(({ id: one }) => one);
  }

  async function sit(id: Id, on: boolean): Promise<void> {
    const without = (all: ReadonlySet<Id>) => [...all].filter((one) => one !== id);
    told.seats.value = new Set([...without(told.seats.peek()), ...(on ? [id] : [])]);
    left.value = new Set([...without(left.peek()), ...(on ? [] : [id])]);
    await keep();
  }

  /** Resolves when nothing that I said in this gathering is on its way any more. */
  function wordsLeft({ id, room }: GatheringWhole): Promise<void> {
    return new Promise((done, failed) => {
      const stop = effect(() => {
        const mine = outbox.waitingIn(room).value.filter((one) => isTurnIn(one, id));
        if (mine.length === 0) end(done);
        else if (core.state.value.is !== "open") end(() => failed(new ModelFailure("locked")));
        else if (mine.some(({ place }) => place.is === "unsent" && place.why === "offline")) end(() => failed(new ModelFailure("offline")));
      });
      // An effect cannot stop itself while it runs for the first time.
      function end(settle: () => void): void {
        queueMicrotask(() => (stop(), settle()));
      }
    });
  }

  async function handOn(id: Id): Promise<void> {
    const now = await need(id);
    await wordsLeft(now);
    await asking(id, () => core.api.handOn(id, now.turn));
  }

  /** The host's words of opening, too, go before what follows them. */
  async function afterWords(id: Id, work: (now: GatheringWhole) => Promise<GatheringWhole>): Promise<void> {
    const now = await need(id);
    if (now.holder === core.me()) await wordsLeft(now);
    await asking(id, () => work(now));
  }

  async function say(id: Id, { text, voice }: { readonly text: string; readonly voice?: VoiceNote }): Promise<Id> {
    const now = await need(id);
    const me = core.me();
    const no = whyNot(now, me);
    if (no !== null) {
      back.words(id, text);
      throw no;
    }
    const entry = core.newId();
    said.value = new Map([...said.peek(), [entry, { stage: now.stage, reply: now.holder !== me }]]);
    return outbox.write(now.room, { kind: "turn", gathering: id, text, voice: voice ?? null }, entry);
  }

  function whyNot({ id, holder, replies, people, stage, paused_until_ms: until }: GatheringWhole, me: Id): ModelFailure | null {
    const seated = people.some(({ person }) => person === me) && !left.peek().has(id);
    const mayReply = holder !== null && replies && seated;
    if (!isGoing(stage) || (holder !== me && !mayReply)) return new ModelFailure("not-your-turn");
    return until !== null && before(until) ? new ModelFailure("paused", null, String(until)) : null;
  }

  const back = givingBack(core, { outbox, drafts, voices, rooms, refresh: live.refresh });

  // ── Signs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  function showSign(id: Id, person: Id): void {
    const now = core.clock.now();
    const still = [...(signs.peek().get(id) ?? [])].filter(([, until]) => until > now);
    signs.value = new Map(signs.peek()).set(id, new Map([...still, [person, now + SIGN_MS]]));
  }

  signals.hear(SIGN, ({ room, author, said: { gathering: id } }) => {
    if (typeof id === "string" && told.get(id)?.head.room === room) showSign(id, author);
  });

  return {
    coming,
    soon,
    state,
    inCircle: createMemo((room) => computed(() => listed.value.filter((fact) => fact.room === room).map(infoOf))),
    gathering,
    now: () => core.houseNow() ?? core.clock.now() + core.offsetMs,
    schedule: (room, how) => core.act(() => schedule(room, how)),
    describe: (id, words) => core.act(async () => void (await outbox.write((await need(id)).room, { kind: "gathering", gathering: id, words }))),
    move: (id, start, minutes) => core.act(() => changing(id, () => core.api.moveGathering(id, start, minutes))),
    cancel: (id, rest) => core.act(() => changing(id, () => core.api.cancelGathering(id, rest))),
    setHost: (id, on) => core.act(() => changing(id, () => core.api.takePart(id, "host", on))),
    setGuardian: (id, on) => core.act(() => changing(id, () => core.api.takePart(id, "guardian", on))),
    come: (id) => core.act(async () => {
      await need(id);
      await step(id, "come");
      live.enter(id);
      await sit(id, true);
    }),
    go: (id) => core.act(async () => {
      live.leave(id);
      await sit(id, false);
      // Unheard, it is heard from my silence.
      await step(id, "go").catch((error: ModelFailure) => {
        if (error.code !== "offline") throw error;
      });
    }),
    begin: (id) => core.act(() => step(id, "begin")),
    on: (id) => core.act(() => afterWords(id, ({ turn }) => core.api.moveOn(id, turn))),
    handOn: (id) => core.act(() => handOn(id)),
    passOver: (id) => core.act(async () => {
      const { turn, holder } = await need(id);
      if (holder !== null) await asking(id, () => core.api.handOn(id, turn, holder));
    }),
    welcomeReplies: (id, on) => core.act(() => asking(id, () => core.api.welcomeReplies(id, on))),
    bell: (id) => core.act(() => step(id, "bell")),
    end: (id) => core.act(() => afterWords(id, () => core.api.gatheringStep(id, "end"))),
    sign: (id) => core.act(async () => {
      const { room } = await need(id);
      await signals.send(room, { kind: SIGN, gathering: id });
      showSign(id, core.me());
    }),
    say: (id, what) => core.act(() => say(id, what)),
    allRight: (id, person) => core.act(async () => aside((await need(id)).room, person, { kind: "all-right", gathering: id })),

    load: told.load,
    pull: () => core.loading(state, pullAll),
    async heard(news) {
      core.tabs.tell({ news: "gathering", ...news });
      await react(news);
    },
    tellAgain: (room) => core.act(async () => {
      const about = wordsOf(room).peek();
      const puts = coming.peek().filter((one) => one.room === room && about.has(one.id) && !isEmpty(one.words)).slice(0, TOLD_AGAIN);
      await outbox.step(puts.map(({ id, words }) => ({ room, content: { kind: "gathering", gathering: id, words } })), []);
    }),
    clear() {
      live.stop();
      told.clear();
      core.platform.clearTimeout(later);
      later = null;
      stale.clear();
      pulled.clear();
      attempts.clear();
      left.value = new Set();
      said.value = new Map();
      signs.value = new Map();
      state.value = { is: "idle" };
    },
    stop() {
      live.stop();
      fade.stop();
      back.stop();
      stopWatching();
      core.platform.clearTimeout(later);
    },
  };
}

const isEmpty = ({ title, text, question }: GatheringWords): boolean => [title, text, question].every((one) => one.trim() === "");

const isTurnIn = ({ what, content, place }: Waiting, id: Id): boolean => what === "put" && content.kind === "turn" && content.gathering === id && place.is !== "refused";

function orNone(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.passing || error.status === 401) throw error;
}

/** Where the house names a time, it is the failure's detail. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof ApiProblem)) return error;
  const at = error.code === "too-early" ? error.numbers.from_ms : error.code === "paused" ? error.numbers.until_ms : undefined;
  if (at === undefined) return error;
  return new ModelFailure(error.code as "too-early" | "paused", error.retryAfterMs, String(at));
}
