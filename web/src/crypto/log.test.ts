// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { concat, u32, type Bytes } from "../lib/bytes";
import type { EntryFrame } from "../lib/frames";
import { fromId, toId, type Id } from "../lib/id";
import { LogCheck, type LogLine, type LogNews, type LogVerdict } from "./log";

const id = (): Id => toId(randomBytes(16));
const [room, ada, bo] = [id(), id(), id()];
const body = (epoch: number): Bytes => concat(Uint8Array.of(1), u32(epoch), new Uint8Array(randomBytes(100)));

const line = (seq: number, prev: Id | "", given: { author?: Id; id?: Id; epoch?: number; body?: Bytes } = {}): LogLine => ({
  frame: { room, seq, timeMs: seq, author: given.author ?? ada, id: given.id ?? id(), state: "plain", body: given.body ?? body(given.epoch ?? 1) },
  content: { prev },
});
const at = (original: LogLine, seq: number): LogLine => ({ ...original, frame: { ...original.frame, seq } });
const as = (original: LogLine, state: EntryFrame["state"], bytes: Bytes = new Uint8Array(0)): LogLine => ({
  frame: { ...original.frame, state, body: bytes }, content: null,
});
const unopened = (original: LogLine): LogLine => ({ ...original, content: null });

/** COUNT lines of Ada's, each following the one before. */
function chain(count: number, epochs: (seq: number) => number = () => 1): LogLine[] {
  const lines: LogLine[] = [];
  for (let seq = 1; seq <= count; seq++) lines.push(line(seq, lines[seq - 2]?.frame.id ?? "", { epoch: epochs(seq) }));
  return lines;
}

const say = (verdict: LogVerdict | null): string => (verdict?.state === "refused" ? verdict.reason : (verdict?.state ?? "none"));
const told = (news: LogNews[]): string[] => news.map(({ seq, verdict }) => `${seq} ${say(verdict)}`);
const all = (check: LogCheck, count: number): string[] => Array.from({ length: count }, (_, i) => say(check.verdict(i + 1)));

test("an honest log is ok, told once", () => {
  const check = new LogCheck(room);
  const lines = chain(5, (seq) => (seq < 3 ? 1 : 2));
  assert.deepEqual(told(check.feed(lines)), ["1 ok", "2 ok", "3 ok", "4 ok", "5 ok"]);
  assert.deepEqual(check.feed(lines), []);
  assert.equal(check.wholeUpTo, 5);
});

test("pages in any order come to the same verdicts", () => {
  const lines = chain(40, (seq) => Math.ceil(seq / 10));
  const replay = at(lines[4]!, 41);
  const moved = line(42, lines[39]!.frame.id, { epoch: 1 });
  const every = [...lines, replay, moved, line(43, id(), { epoch: 4 })];
  const straight = new LogCheck(room);
  straight.feed(every);
  for (let round = 0; round < 50; round++) {
    const shuffled = [...every].map((one) => ({ one, key: randomInt(1 << 30) })).sort((a, b) => a.key - b.key).map(({ one }) => one);
    const check = new LogCheck(room);
    while (shuffled.length > 0) check.feed(shuffled.splice(0, 1 + randomInt(9)));
    assert.deepEqual(all(check, 43), all(straight, 43));
  }
  assert.deepEqual(all(straight, 43).slice(40), ["twice", "epoch-down", "missing-before"]);
});

test("a replayed entry is refused where it stands second, also if the first is told later", () => {
  const lines = chain(3);
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([at(lines[0]!, 4)])), ["4 ok"]);
  assert.deepEqual(told(check.feed(lines)), ["1 ok", "2 ok", "3 ok", "4 twice"]);
});

test("an entry moved before the one it follows is refused", () => {
  const [one, two, three] = chain(3) as [LogLine, LogLine, LogLine];
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([one, at(three, 2), at(two, 3)])), ["1 ok", "2 order", "3 ok"]);
});

test("a dropped entry is missed once everything before is loaded, not sooner", () => {
  const lines = chain(4);
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([at(lines[3]!, 3)])), ["3 ok"]);
  assert.deepEqual(told(check.feed([lines[1]!])), ["2 ok"]);
  assert.deepEqual(told(check.feed([lines[0]!])), ["1 ok", "3 missing-before"]);
});

test("an epoch that goes down is refused, and a refused line does not hold the later ones back", () => {
  const lines = chain(4, (seq) => [1, 2, 1, 2][seq - 1]!);
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed(lines)), ["1 ok", "2 ok", "3 epoch-down", "4 ok"]);
  const later = new LogCheck(room);
  const [one, two, three] = chain(3, (seq) => seq) as [LogLine, LogLine, LogLine];
  assert.deepEqual(told(later.feed([at(three, 1), at(one, 2), at(two, 3)])), ["1 order", "2 ok", "3 ok"]);
});

test("an entry that follows somebody else's is refused; two devices following the same one are not", () => {
  const first = line(1, "");
  const check = new LogCheck(room);
  const fork = [line(2, first.frame.id), line(3, first.frame.id), line(4, first.frame.id, { author: bo })];
  assert.deepEqual(told(check.feed([first, ...fork])), ["1 ok", "2 ok", "3 ok", "4 other-author"]);
});

test("what was taken back, let go or withheld still holds its place in the chain", () => {
  const [one, two, three] = chain(3) as [LogLine, LogLine, LogLine];
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([as(one, "erased"), as(two, "withheld"), three])), ["1 ok", "2 ok", "3 ok"]);
  check.feed([two]);
  assert.equal(say(check.verdict(2)), "ok");
});

test("what was erased stays erased, and does not come back as something else", () => {
  const [one] = chain(1) as [LogLine];
  const check = new LogCheck(room);
  check.feed([one]);
  assert.deepEqual(check.feed([as(one, "erased")]), []);
  assert.deepEqual(check.feed([unopened(one)]), []);
  assert.deepEqual(told(check.feed([line(1, "", { id: one.frame.id })])), ["1 changed"]);
});

test("another line, author or body at a place that was seen is refused", () => {
  const [one] = chain(1) as [LogLine];
  const check = new LogCheck(room);
  check.feed([one]);
  const others = [line(1, ""), line(1, "", { id: one.frame.id, author: bo }), line(1, "", { id: one.frame.id }),
    as(one, "takeback", fromId(one.frame.id))];
  for (const other of others) assert.deepEqual(told(check.feed([other])), ["1 changed"]);
  assert.equal(say(check.verdict(1)), "ok");
});

test("a line of another room is refused", () => {
  const foreign = line(1, "");
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([{ ...foreign, frame: { ...foreign.frame, room: id() } }])), ["1 other-room"]);
  assert.equal(check.verdict(1), null);
});

test("only its author takes an entry back", () => {
  const [one] = chain(1) as [LogLine];
  const check = new LogCheck(room);
  const mine = as(line(2, ""), "takeback", fromId(one.frame.id));
  const theirs = as(line(3, "", { author: bo }), "takeback", fromId(one.frame.id));
  assert.deepEqual(told(check.feed([one, mine, theirs])), ["1 ok", "2 ok", "3 other-author"]);
});

test("what did not open is refused until it opens, and takes nobody's place", () => {
  const [one, two] = chain(2) as [LogLine, LogLine];
  const check = new LogCheck(room);
  assert.deepEqual(told(check.feed([one, unopened(two)])), ["1 ok", "2 unopened"]);
  assert.deepEqual(told(check.feed([two])), ["2 ok"]);
  assert.deepEqual(check.feed([unopened(two)]), []);
  const garbage = new LogCheck(room);
  const real = line(2, "");
  garbage.feed([unopened(line(1, "", { id: real.frame.id })), real]);
  assert.deepEqual(all(garbage, 2), ["twice", "ok"]);
});
