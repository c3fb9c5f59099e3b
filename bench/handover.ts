// SPDX-License-Identifier: AGPL-3.0-or-later
// How soon a turn that is handed on is seen: 24 people in one gathering, each with a stream; from the moment the holder's
// device asks until each stream says that something changed, and until each of the shipped models shows who holds it now. All
// 24 models, with their encryption, share one process with what measures: in a house they would not.
//
//   node tests/run-node.mjs --run bench/handover.ts [-- GATHERINGS PEOPLE]
import { effect } from "@preact/signals";
import { openStream, type Stream } from "../web/src/api/stream";
import type { Id } from "../web/src/model/face";
import { openHouse, sweepUp, type House } from "../tests/harness";
import { circleOf, comeAll, meeting, meetNow, meOf, sees } from "../tests/meeting";
import { arrive, type Person } from "../tests/somebody";
import { until } from "../tests/children";

const GATHERINGS = Number(process.argv[2] ?? 2);
const PEOPLE = Number(process.argv[3] ?? 24);

interface Times {
  readonly heard: number[];
  readonly shown: number[];
}

/** What was heard and shown since it was last asked, by person. */
interface Watch {
  heardAt: number | null;
  shownAt: number | null;
  holder: Id | null;
}

function watch(house: House, who: Person, id: Id): { now: Watch; stop: () => void } {
  const now: Watch = { heardAt: null, shownAt: null, holder: null };
  const stream: Stream = openStream({
    origin: house.origin,
    fetch: (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie: who.cookie() } }),
    now: Date.now,
    random: Math.random,
    onEvent: ({ type }) => void (type === "gathering" && (now.heardAt ??= performance.now())),
    onState: () => undefined,
  });
  const stop = effect(() => {
    const holder = who.house.gatherings.gathering(id).value?.holder ?? null;
    if (holder === now.holder) return;
    now.holder = holder;
    now.shownAt ??= performance.now();
  });
  return { now, stop: () => (stop(), stream.close()) };
}

async function handOver(people: readonly Person[], id: Id, all: readonly Watch[], times: Times): Promise<void> {
  const before = meeting(people[0]!, id)!.holder;
  const holder = people.find((who) => meOf(who) === before)!;
  await Promise.all(people.map((who) => sees(who, id, "all agree", (now) => now.holder === before)));
  // What was on its way of the turn before is not counted for this one.
  await new Promise((done) => setTimeout(done, 300));
  for (const one of all) Object.assign(one, { heardAt: null, shownAt: null });
  const began = performance.now();
  await holder.house.gatherings.handOn(id);
  await until("all have seen it", () => all.every(({ heardAt, shownAt }) => heardAt !== null && shownAt !== null), 20_000, 5);
  times.heard.push(...all.map(({ heardAt }) => heardAt! - began));
  times.shown.push(...all.map(({ shownAt }) => shownAt! - began));
}

async function gather(house: House, people: readonly Person[], room: Id, times: Times): Promise<void> {
  const host = people[0]!;
  const id = await meetNow(host, room);
  const stops = await comeAll(people, id);
  const watches = people.map((who) => watch(house, who, id));
  await host.house.gatherings.begin(id);
  await host.house.gatherings.on(id);
  await sees(host, id, "the round begins", (now) => now.stage === "check-in" && now.holder !== null);
  // The last turn of all ends the gathering: nobody holds it then, and it is left out.
  for (let turn = 0; turn < 3 * people.length - 1; turn++) await handOver(people, id, watches.map(({ now }) => now), times);
  await host.house.gatherings.end(id);
  for (const stop of [...stops, ...watches.map((one) => one.stop)]) stop();
}

const at = (sorted: readonly number[], part: number): string => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(1);

try {
  const house = await openHouse({ flags: ["--rate-factor", "0", "--log", "error", "--circle-size", String(Math.max(3, PEOPLE))] });
  const people: Person[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await arrive(house.origin, await house.invite("house"), `Person${i}`));
  const room = await circleOf(people[0]!, people.slice(1));
  const times: Times = { heard: [], shown: [] };
  for (let i = 0; i < GATHERINGS; i++) await gather(house, people, room, times);
  console.log(`| a turn handed on, seen by ${PEOPLE} (${times.heard.length / PEOPLE} turns), ms | median | 99th percentile |\n|---|---|---|`);
  for (const [what, all] of [["the stream says that it changed", times.heard], ["the model shows who holds it now", times.shown]] as const) {
    const sorted = [...all].sort((a, b) => a - b);
    console.log(`| ${what} | ${at(sorted, 0.5)} | ${at(sorted, 0.99)} |`);
  }
  for (const who of people) await who.close();
} finally {
  await sweepUp();
}
