/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Today: what came for me, and one kind thing I could do. All of it is derived from the logs on this device; nothing is
// counted, nothing is pushed, and the house knows nothing of it.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { CareNoun } from "./care";
import type { Core } from "./core";
import type { Asks, Bond, Came, Checkins, GatheringInfo, KindThing, Line, Log, SettingsValues, Thoughts, Today } from "./face";
import type { CirclesNoun } from "./circles";
import type { PeopleNoun } from "./people";
import type { PutAway } from "./putaway";
import { dayOf, nextDay } from "./thoughts";
import { wishOver } from "./lines";

export interface TodayDeps {
  readonly care: CareNoun;
  readonly people: PeopleNoun;
  readonly circles: CirclesNoun;
  readonly asks: Asks;
  readonly thoughts: Thoughts;
  readonly checkins: Checkins;
  readonly soon: ReadonlySignal<GatheringInfo | null>;
  readonly putAway: PutAway;
  readonly settings: ReadonlySignal<SettingsValues>;
  readonly log: (room: Id) => Log;
  readonly readUpTo: (room: Id) => number;
}

type EntryLine = Extract<Line, { is: "entry" }>;

/** A share that nobody has answered is offered as a kind thing for this long. */
const SHARE_KEPT_MS = 14 * 86_400_000;
/** That I came into a circle is told for this long. */
const TOLD_MS = 14 * 86_400_000;
/** Someone not written to for this long may be offered, once a week, to those who asked for it. */
const LONG_MS = 21 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;

export function createToday(core: Core, deps: TodayDeps): Today {
  const { care, people, circles, asks, thoughts, checkins, soon, putAway, settings, log, readUpTo } = deps;

  const came = computed<readonly Came[]>(() => {
    if (core.state.value.is !== "open") return [];
    const things = [...people.heard.value.flatMap(fromBond), ...circles.heard.value.flatMap(fromCircle), ...fromAsks(), ...fromThoughts()];
    return things.filter(({ key }) => !putAway.is(key)).sort((a, b) => b.at - a.at);
  });

  function fromBond(bond: Bond): Came[] {
    const { room, person } = bond;
    const unread = log(room).lines.value.flatMap((line) => fromLine(line, room, person));
    const began = people.facts.value.some((fact) => fact.room === room && fact.invite !== undefined);
    const ended = bond.state === "ended" && !bond.endedByMe;
    return [
      ...unread,
      ...(began && !ended ? [{ kind: "bond" as const, key: `bond/${room}`, at: bond.started, room, person }] : []),
      ...(ended ? [{ kind: "goodbye" as const, key: `goodbye/${room}`, at: bond.endedAt ?? bond.started, room, person, text: goodbyeIn(room) }] : []),
    ];
  }

  function fromCircle(room: Id): Came[] {
    const circle = circles.circle(room).value;
    const since = circles.cameIn(room);
    const asking = circle?.iKeep ? circle.atTheDoor.filter(({ state }) => state === "asking") : [];
    return [
      ...log(room).lines.value.flatMap((line) => fromLine(line, room)),
      ...asking.map(({ person, at }): Came => ({ kind: "at-the-door", key: `door/${room}/${person}/${at}`, at, room, person })),
      ...circles.newcomers(room).filter(({ seq }) => seq > readUpTo(room)).map(({ person, at, seq }): Came => ({ kind: "came-in", key: `came-in/${room}/${seq}/${person}`, at, room, person })),
      ...(since === null || !core.clock.before(since - core.offsetMs + TOLD_MS) ? [] : [{ kind: "came-in" as const, key: `came-in/${room}/${since}`, at: since, room, person: core.me() }]),
    ];
  }

  function goodbyeIn(room: Id): string {
    const said = log(room).lines.value.filter((line): line is EntryLine => line.is === "entry" && !line.mine && line.content.kind === "goodbye");
    const last = said[said.length - 1]?.content;
    return last?.kind === "goodbye" ? last.text : "";
  }

  /** MATE: whose a line is that is not mine, if there can be only one. */
  function fromLine(line: Line, room: Id, mate?: Id): Came[] {
    if (line.is === "untrusted") return [{ kind: "untrusted", key: `${room}/${line.key}`, at: line.at, room, person: mate ?? line.author }];
    if (line.is !== "entry") return [];
    const responses = line.mine
      ? line.responses.filter((one) => !one.mine).map((one): Came => ({ kind: "response", key: `response/${one.id}`, at: one.at, room, person: one.author, entry: line.id, word: one.word }))
      : [];
    const unread = !line.mine && line.seq !== null && line.seq > readUpTo(room);
    return unread ? [...responses, ...fromEntry(line, room, line.author)] : responses;
  }

  function fromEntry({ id, at, content }: EntryLine, room: Id, person: Id): Came[] {
    if (content.kind === "share") return [{ kind: "share", key: `entry/${id}`, at, room, person, entry: id, wish: content.wish }];
    if (content.kind === "reply") return [{ kind: "reply", key: `entry/${id}`, at, room, person, entry: id }];
    return [];
  }

  function fromAsks(): Came[] {
    const asked = asks.forMe.value.map((ask): Came => ({ kind: "ask", key: `ask/${ask.id}`, at: ask.asked, room: ask.room, person: ask.person, ask: ask.id }));
    return [...asked, ...asks.mine.value.flatMap(({ id, room, person, asked: at, until, state }): Came[] => {
      if (state.is === "answered") return [{ kind: "answer", key: `ask/${id}`, at, room, person, ask: id, answer: state.answer }];
      return state.is === "unanswered" ? [{ kind: "unanswered", key: `ask/${id}`, at: until, room, person, ask: id }] : [];
    })];
  }

  function fromThoughts(): Came[] {
    const personIn = (room: Id) => people.heard.value.find((bond) => bond.room === room)?.person;
    return thoughts.received.value.flatMap(({ id, room, at, text, more }): Came[] => {
      const person = personIn(room);
      return person === undefined ? [] : [{ kind: "thought", key: `thought/${id}`, at, room, person, thought: id, text, more }];
    });
  }

  // ── One kind thing ────────────────────────────────────────────────────────────────────────────────────────────────

  const kindThing = computed<KindThing | null>(() => {
    if (core.state.value.is !== "open" || people.state.value.is === "idle") return null;
    const now = core.clock.now();
    core.clock.before(nextDay(now));
    return [answerAsk, replyToShare, thinkOf, inviteSomeone].map((offer) => offer(now)).find((thing) => thing !== null && !putAway.is(notNowKey(thing))) ?? null;
  });

  const notNowKey = (thing: KindThing) => `not-now/${dayOf(core.clock.now())}/${thing.kind}/${"room" in thing ? thing.room : ""}`;

  function answerAsk(): KindThing | null {
    const ask = asks.forMe.value[0];
    return ask === undefined ? null : { kind: "answer-ask", room: ask.room, person: ask.person, ask: ask.id };
  }

  function replyToShare(now: number): KindThing | null {
    for (const { room, person, state } of people.heard.value) {
      const share = state === "alive" ? wishOver(log(room).lines.value) : null;
      if (share?.content.kind !== "share" || share.content.wish === "none") continue;
      const answered = share.responses.some((one) => one.mine) || now - share.at > SHARE_KEPT_MS;
      if (!answered) return { kind: "reply-to-share", room, person, entry: share.id, wish: share.content.wish };
    }
    return circles.heard.value.map((room) => unheardIn(room, now)).find((thing) => thing !== null) ?? null;
  }

  /** In a circle a share waits for anybody; the one that waits longest is offered. */
  function unheardIn(room: Id, now: number): KindThing | null {
    for (const line of log(room).lines.value) {
      if (line.is !== "entry" || line.mine || line.heard || line.content.kind !== "share" || line.content.wish === "none") continue;
      if (now - line.at <= SHARE_KEPT_MS) return { kind: "reply-to-share", room, person: line.author, entry: line.id, wish: line.content.wish };
    }
    return null;
  }

  /** The one not written to for longest; the same one for a week, so that a week offers one person at most. */
  function thinkOf(now: number): KindThing | null {
    if (!settings.value.suggestPeople) return null;
    const long = people.heard.value.filter((bond) => bond.state === "alive" && now - Math.max(bond.iWroteAt ?? bond.started, bond.theyWroteAt ?? 0) > LONG_MS);
    const week = Math.floor(now / WEEK_MS);
    const [first] = long.sort((a, b) => (a.iWroteAt ?? a.started) - (b.iWroteAt ?? b.started));
    const offered = first !== undefined && !putAway.is(`offered/${week}`);
    return offered ? { kind: "think-of", room: first.room, person: first.person } : null;
  }

  function inviteSomeone(): KindThing | null {
    const alone = people.facts.value.length === 0 && circles.mine.value.length === 0 && circles.requests.value.length === 0;
    return alone && people.state.value.is === "ready" && circles.state.value.is === "ready" ? { kind: "invite-someone" } : null;
  }

  return {
    checkin: computed(() => {
      const now = core.clock.now();
      core.clock.before(nextDay(now));
      const latest = checkins.latest.value;
      return latest !== null && dayOf(latest.at) === dayOf(now) ? latest : null;
    }),
    came,
    kindThing,
    soon,
    seen: (key) => putAway.add(key),
    care: care.care,
    closeCare: () => care.close(),
    notNow() {
      const thing = kindThing.peek();
      if (thing === null) return;
      putAway.add(notNowKey(thing));
      if (thing.kind === "think-of") putAway.add(`offered/${Math.floor(core.clock.now() / WEEK_MS)}`);
    },
  };
}
