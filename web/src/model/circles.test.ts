/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a circle says of itself, folded from its log, and its lines as one of it sees them. How people come and go is told in
// tests/story/circle.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, NOTHING_SAID, toCircleRecord, toSaid } from "./circles_record";
import type { CircleDoor, Content, Line } from "./face";
import { makeLines, type LinesOf } from "./lines";
import type { Seen } from "./logs";
import { join } from "./vault";

const [ME, ANA, BEN] = ["AAAAAAAAAAAAAAAAAAAAAA", "AQAAAAAAAAAAAAAAAAAAAA", "AgAAAAAAAAAAAAAAAAAAAA"] as const;
const words = { name: "Tuesday", purpose: "to be heard", agreements: "Here stays here.", welcome: "" };
const share: Content = { kind: "share", text: "a", wish: "listen", checkin: null, voice: null, note: null };

function seen(seq: number, author: string, content: Content | null, more: Partial<Seen> = {}): Seen {
  return { seq, id: `e${seq}`, author, at: seq * 1000, state: content === null ? "erased" : "plain", epoch: 1, target: null, content, refused: null, missingBefore: false, ...more };
}

function lines(log: readonly Seen[], more: Partial<LinesOf> = {}): Line[] {
  return makeLines({ me: ME, kind: "circle", seen: log, waiting: [], offsetMs: 0, before: () => false, hidden: () => false, fadedBefore: null, ...more });
}
const entries = (log: readonly Seen[], more?: Partial<LinesOf>) => lines(log, more).flatMap((line) => (line.is === "entry" ? [line] : []));
const aside = (seq: number, author: string, to: string, said: Extract<Content, { kind: "aside" }>["said"]) => seen(seq, author, { kind: "aside", to, said });

// ── What it says of itself ──────────────────────────────────────────────────────────────────────────────────────────────

test("the newest telling counts; names and doors since then are laid upon it; names of those who left stay", () => {
  const door: CircleDoor = { by: "link", invite: ANA, secret: "s", from: ANA };
  const said = fold(NOTHING_SAID, [
    seen(1, ANA, { kind: "circle", words, names: { [ANA]: "Ana", [BEN]: "Ben" }, doors: [] }),
    seen(2, BEN, { kind: "name", name: "Benno" }),
    seen(3, ANA, { kind: "door", door }),
    seen(4, ANA, { kind: "door", door }),
    seen(5, ANA, { kind: "circle", words: { ...words, purpose: "to rest" }, names: { [ANA]: "Ana" }, doors: [door] }, { epoch: 3 }),
    seen(6, BEN, share),
  ]);
  assert.deepEqual(said, { seq: 5, epoch: 3, words: { ...words, purpose: "to rest" }, names: { [ANA]: "Ana", [BEN]: "Benno" }, doors: [door] });
});

test("what was kept is not told back by older lines, and nothing refused or erased says anything", () => {
  const kept = { seq: 9, epoch: 2, words, names: { [ANA]: "Ana" }, doors: [] };
  const old = seen(4, ANA, { kind: "circle", words: { ...words, name: "Monday" }, names: {}, doors: [] });
  const forged = seen(10, BEN, { kind: "name", name: "Ana" }, { refused: "twice" });
  assert.equal(fold(kept, [old, forged, seen(11, BEN, null)]), kept);
});

test("doors do not grow without end; the newest stay", () => {
  const doors = Array.from({ length: 50 }, (_, i) => seen(i + 1, ANA, { kind: "door", door: { by: "request", person: `p${i}`, name: "" } }));
  const said = fold(NOTHING_SAID, doors);
  assert.equal(said.doors.length, 32);
  assert.deepEqual(said.doors[31], { by: "request", person: "p49", name: "" });
});

test("what stands in the vault is read as an entry is, whatever is there; of two devices the one that read further counts", () => {
  const kept = { seq: 3, epoch: 2, words, names: { [ANA]: "Ana" }, doors: [] };
  assert.deepEqual(toSaid(kept), kept);
  for (const broken of [null, {}, { seq: 3 }, { words: 5 }, { words: [] }]) assert.deepEqual(toSaid(broken), NOTHING_SAID);
  assert.deepEqual(toSaid({ ...kept, seq: -1.5, doors: [{ by: "link" }], names: { x: 1 } }), { ...kept, seq: 0, doors: [], names: {} });
  assert.equal(toCircleRecord({ myName: "Ana" }), null);
  assert.deepEqual(toCircleRecord({ firstAuthor: ANA }), { firstAuthor: ANA, myName: "", since: 0, gone: false, founder: false, parting: "" });
  assert.deepEqual(join("said/r", { seq: 1 }, { seq: 2, words: "mine" }, { seq: 3, words: "theirs" }), { seq: 3, words: "theirs" });
});

// ── Its lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("what devices tell each other, what is carried, turns and boxes of others are no lines", () => {
  const quiet: Content[] = [
    { kind: "circle", words, names: {}, doors: [] },
    { kind: "door", door: { by: "request", person: BEN, name: "Ben" } },
    { kind: "name", name: "Ana" },
    { kind: "heard", to: "e0" },
    { kind: "box", box: "AA" },
    { kind: "turn", gathering: ANA, text: "mine", voice: null },
    { kind: "gathering", gathering: ANA, words: { title: "", text: "", question: "" } },
    { kind: "ask", what: "help", when: null, until: 0, text: "supper?", minutes: null },
    { kind: "taking", to: "e1", step: "take" },
    { kind: "thanks", to: "e1", text: "" },
    { kind: "plan", text: "a walk", where: "", start: 5, minutes: 60 },
    { kind: "going", to: "e1", answer: "yes" },
  ];
  assert.deepEqual(lines(quiet.map((content, i) => seen(i + 1, ANA, content))), []);
});

test("a share of another is heard when anybody answered so that all can read it, or when its author's device says so; by nobody else's word", () => {
  const heard = (...more: Seen[]) => entries([seen(1, ANA, share), ...more])[0]!.heard;
  assert.equal(heard(), false);
  assert.equal(heard(seen(2, BEN, { kind: "reply", to: "e1", text: "I am here", voice: null })), true);
  assert.equal(heard(seen(2, ANA, { kind: "heard", to: "e1" })), true);
  assert.equal(heard(seen(2, BEN, { kind: "heard", to: "e1" })), false);
  assert.equal(heard(aside(2, ME, ANA, { kind: "response", to: "e1", word: "me-too" })), true, "who answered knows");
  assert.equal(entries([seen(1, ME, share)])[0]!.heard, true, "to its author it is always so");
  assert.equal(entries([seen(1, ANA, share)], { kind: "bond" })[0]!.heard, true);
});

test("words for the author hang on the share with whose they are, each once a person; one said to all hangs nowhere", () => {
  const word = (seq: number, author: string) => aside(seq, author, ME, { kind: "response", to: "e1", word: "with-you" });
  const [line, ...rest] = entries([seen(1, ME, share), word(2, ANA), word(3, ANA), word(4, BEN), seen(5, BEN, { kind: "response", to: "e1", word: "me-too" })]);
  assert.deepEqual(line!.responses.map(({ author, word: said }) => [author, said]), [[ANA, "with-you"], [BEN, "with-you"]]);
  assert.deepEqual(rest, []);
});

test("kind words and parting words are lines for the two", () => {
  const said = [aside(1, ANA, ME, { kind: "kindness", text: "I am glad of you." }), aside(2, ME, BEN, { kind: "parting", text: "Go well." })];
  assert.deepEqual(entries(said).map(({ content }) => content.kind === "aside" && content.said.kind), ["kindness", "parting"]);
});

test("what faded leaves no line, whether the house or this device was first; what somebody took back leaves one", () => {
  const log = [seen(1, ANA, share), seen(2, ANA, null), seen(20, ANA, null), seen(21, BEN, share)];
  assert.deepEqual(lines(log, { fadedBefore: 10_000 }).map(({ is }) => is), ["erased", "entry"]);
});
