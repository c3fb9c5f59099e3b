/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Following a gathering, by a clock that the test turns: when the house is asked, and when it is told that I am there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import type { GatheringWhole } from "../api/gatherings";
import type { Core } from "./core";
import { createLive } from "./gatherings_live";
import { createTold } from "./gatherings_told";
import type { Logs, Seen } from "./logs";
import type { TabNews } from "./tabs";

const NOON = Date.UTC(2026, 10, 24, 12);
const G = "gathering-1";
const whole = (more: Partial<GatheringWhole> = {}): GatheringWhole => ({
  id: G, room: "room", series: "s", start_ms: NOON, minutes: 60, door_minutes: 5, turn_s: 180, host: "ida", guardian: null, stage: "main", version: 1, turn: 1,
  stage_began_ms: NOON, holder: "ida", turn_began_ms: NOON, replies: false, paused_until_ms: null, people: [{ person: "me", here: true, waits: true }], turns: [],
  ended_ms: null, fades_ms: null, now_ms: NOON, ...more,
});

/** A tab whose time goes when the test says so. */
function tab() {
  let now = NOON;
  let timers: { at: number; run: () => void }[] = [];
  const asked: string[] = [];
  const told: TabNews[] = [];
  const online = signal(true);
  const seen = signal<readonly Seen[]>([]);
  const hasOlder = signal(false);
  let answer = (): Promise<GatheringWhole> => Promise.resolve(whole({ now_ms: now }));
  let streams = true;
  const note = (what: string) => (asked.push(`${(now - NOON) / 1000} ${what}`), answer());
  const core = {
    era: 1, offsetMs: 0, isOpen: () => true, me: () => "me", clock: { now: () => now }, background: (work: () => Promise<unknown>) => void work().catch(() => undefined),
    platform: {
      online, now: () => now,
      setTimeout(run: () => void, ms: number) {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return timer;
      },
      clearTimeout: (timer: unknown) => void (timers = timers.filter((one) => one !== timer)),
    },
    api: { gathering: () => note("get"), gatheringStep: (_id: string, step: string) => note(step) },
    tabs: { tell: (news: TabNews) => void told.push(news) },
    local: { facts: {} },
  } as unknown as Core;
  const logs = {
    log: () => ({ seen, hasOlder, loadOlder: async () => (asked.push("older"), void (hasOlder.value = false)) }),
    load: async () => undefined,
    pull: async () => void asked.push("pull"),
  } as unknown as Logs;
  const store = createTold(core);
  const live = createLive(core, { told: store, logs, streaming: () => streams, take: store.take, lost: (id, error) => void (error instanceof ApiProblem && store.drop([id])) });
  return {
    live, store, asked, told, online, seen, hasOlder,
    loseStream: () => void (streams = false),
    answers: (next: () => Promise<GatheringWhole>) => void (answer = next),
    async pass(ms: number) {
      for (const until = now + ms; ; ) {
        for (let i = 0; i < 20; i++) await Promise.resolve();
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) return void (now = until);
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.run();
      }
    },
  };
}

test("whoever looks asks at once, and calmly after that; when the stream is lost, every few seconds; who looks away asks no more", async () => {
  const { live, asked, pass, loseStream } = tab();
  live.watch(G);
  await pass(61_000);
  assert.deepEqual(asked, ["0 get", "30 get", "60 get"]);
  loseStream();
  await pass(12_000);
  assert.deepEqual(asked.slice(3), ["64 get", "68 get", "72 get"]);
  live.unwatch(G);
  await pass(60_000);
  assert.equal(asked.length, 6);
});

test("who is in says so every twenty seconds, looking or not, until they leave", async () => {
  const { live, store, asked, pass } = tab();
  store.take(whole());
  store.seats.value = new Set([G]);
  live.enter(G);
  await pass(59_000);
  assert.deepEqual(asked, ["20 present", "40 present"]);
  store.seats.value = new Set();
  live.leave(G);
  await pass(60_000);
  assert.equal(asked.length, 2);
});

test("after a reload a seat is kept alive by looking at it again, and at once", async () => {
  const { live, store, asked, pass } = tab();
  store.take(whole());
  store.seats.value = new Set([G]);
  await pass(5_000);
  assert.deepEqual(asked, [], "nobody looks");
  live.watch(G);
  await pass(3_000);
  assert.deepEqual(asked, ["5 get", "7 present"]);
});

test("of several tabs one says it for all", async () => {
  const { live, store, asked, told, pass } = tab();
  store.take(whole());
  store.seats.value = new Set([G]);
  live.enter(G);
  await pass(15_000);
  live.saidPresent(G);
  await pass(14_000);
  assert.deepEqual(asked, []);
  await pass(7_000);
  assert.deepEqual(asked, ["30 get", "36 present"]);
  assert.deepEqual(told, [{ news: "present", gathering: G }]);
});

test("nothing is asked without a network, before the door opens, or once it is over", async () => {
  const { live, store, asked, online, answers, pass } = tab();
  const calm = async (stage: GatheringWhole["stage"], start: number) => {
    answers(async () => whole({ stage, start_ms: start, version: 9 }));
    store.clear();
    store.take(whole({ stage, start_ms: start, version: 9 }));
    asked.length = 0;
    live.watch(G);
    await pass(100_000);
    return asked.length;
  };
  assert.equal(await calm("ahead", NOON + 86_400_000), 1, "once, for who begins to look");
  assert.equal(await calm("over", NOON), 1);
  online.value = false;
  store.seats.value = new Set([G]);
  assert.equal(await calm("main", NOON), 1);
});

test("turns that are named and not here are fetched, newer ones and then older ones; those that are here are not", async () => {
  const { live, asked, seen, hasOlder, answers, pass } = tab();
  answers(async () => whole({ turns: [{ entry: "e1", stage: "main", author: "ida", reply: false }] }));
  hasOlder.value = true;
  live.watch(G);
  await pass(4_000);
  assert.deepEqual(asked, ["0 get", "pull", "older"]);
  seen.value = [{ id: "e1", at: NOON } as Seen];
  await pass(60_000);
  assert.deepEqual(asked.filter((one) => !one.endsWith("get")), ["pull", "older"]);
});

test("one request at a time; what is asked for meanwhile runs once more after it", async () => {
  const { live, asked, answers } = tab();
  let answer: () => void = () => undefined;
  answers(() => new Promise((done) => (answer = () => done(whole()))));
  const all = [live.refresh(G), live.refresh(G), live.refresh(G)];
  assert.equal(asked.length, 1);
  answer();
  await new Promise(setImmediate);
  assert.equal(asked.length, 2);
  answer();
  await Promise.all(all);
  assert.equal(asked.length, 2);
});
