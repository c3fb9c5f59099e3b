/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What is seen of a gathering: made of what the house rules and what the log says, and of nothing that only one of them says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import type { GatheringWhole } from "../api/gatherings";
import type { Core } from "./core";
import type { Content, GatheringWords } from "./face";
import { fading } from "./gatherings_fade";
import { NO_WORDS, toGathering, toInfo, wordsIn, type SaidWords, type Seeing } from "./gatherings_seen";
import { createTold } from "./gatherings_told";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const G = "gathering-1";

function whole(more: Partial<GatheringWhole> = {}): GatheringWhole {
  return {
    id: G, room: "room", series: "series", start_ms: NOON, minutes: 60, door_minutes: 5, turn_s: 180, host: "ida", guardian: null,
    stage: "main", version: 5, turn: 3, stage_began_ms: NOON, holder: "per", turn_began_ms: NOON, replies: false, paused_until_ms: null,
    people: [{ person: "ida", here: true, waits: false }, { person: "per", here: true, waits: true }, { person: "me", here: true, waits: true }],
    turns: [], ended_ms: null, fades_ms: null, now_ms: NOON, ...more,
  };
}

const turn = (text: string, gathering = G): Content => ({ kind: "turn", gathering, text, voice: null });
const seen = (id: string, author: string, content: Content | null, more: Partial<Seen> = {}): Seen => ({
  seq: Number(id.slice(1)), id, author, at: NOON, state: content === null ? "erased" : "plain", epoch: 1, target: null, content, refused: null, missingBefore: false, ...more,
});
const waits = (id: string, content: Content, more: Partial<Waiting> = {}): Waiting => ({ id, room: "room", what: "put", at: NOON, content, place: { is: "unsent", why: "offline" }, ...more });

/** As seen at NOW. */
const see = (given: Partial<Seeing>, now = NOON + MINUTE) =>
  toGathering({ me: "me", told: whole(), words: NO_WORDS, seen: [], waiting: [], said: new Map(), nameOf: (who) => who.toUpperCase(), before: (t) => now < t, signs: [], sits: true, gone: false, ...given });

const mark = (entry: string, author: string, reply = false) => ({ entry, stage: "main" as const, author, reply });

test("only what house and log both call a turn of this gathering is shown as said there", () => {
  const log = [seen("e1", "per", turn("said in turn")), seen("e2", "ida", turn("said by the way")), seen("e3", "per", turn("elsewhere", "gathering-2")), seen("e4", "per", { kind: "goodbye", text: "no turn" })];
  const told = whole({ turns: [mark("e1", "per"), mark("e3", "per"), mark("e4", "per"), mark("e9", "per")] });
  assert.deepEqual(see({ told, seen: log }).turns.map(({ id, is, text, author }) => [id, is, text, author]), [
    ["e1", "said", "said in turn", "per"],
    ["e3", "untrusted", "", "per"],
    ["e4", "untrusted", "", "per"],
  ]);
});

test("whose a turn is, the log says, whatever the house says", () => {
  assert.equal(see({ told: whole({ turns: [mark("e1", "ida")] }), seen: [seen("e1", "per", turn("mine"))] }).turns[0]?.author, "per");
});

test("what failed a check is no words, what faded is a place, what is withheld is nothing", () => {
  const log = [seen("e1", "per", null, { state: "plain", refused: "bad" }), seen("e2", "per", null), seen("e3", "per", null, { state: "withheld" })];
  const { turns } = see({ told: whole({ turns: [mark("e1", "per"), mark("e2", "per"), mark("e3", "per")] }), seen: log });
  assert.deepEqual(turns.map(({ id, is }) => [id, is]), [["e1", "untrusted"], ["e2", "faded"]]);
});

test("my own turn stands at once, on its way, arrived and marked, under one key and only once", () => {
  const said = new Map([["e7", { stage: "main" as const, reply: false }]]);
  const told = whole({ holder: "me" });
  const keys = (given: Partial<Seeing>) => see({ told, said, ...given }).turns.map(({ key, place, text }) => [key, place.is, text]);
  assert.deepEqual(keys({ waiting: [waits("e7", turn("mine"))] }), [["e7", "unsent", "mine"]]);
  assert.deepEqual(keys({ waiting: [waits("e7", turn("mine"))], seen: [seen("e7", "me", turn("mine"))] }), [["e7", "sent", "mine"]]);
  assert.deepEqual(keys({ seen: [seen("e7", "me", turn("mine"))] }), [["e7", "sent", "mine"]]);
  assert.deepEqual(keys({ told: whole({ turns: [mark("e7", "me")] }), seen: [seen("e7", "me", turn("mine"))] }), [["e7", "sent", "mine"]]);
});

test("after a reload what waits of mine is in its place, too; another gathering's is not", () => {
  const { turns } = see({ waiting: [waits("e1", turn("reply")), waits("e2", turn("other", "gathering-2")), waits("e3", { kind: "thought", text: "" })] });
  assert.deepEqual(turns.map(({ id, stage, reply }) => [id, stage, reply]), [["e1", "main", true]]);
});

test("a pause ends by itself, and a door opens and closes by the house's clock", () => {
  const told = whole({ paused_until_ms: NOON + 30_000, stage: "ahead" });
  assert.equal(see({ told }, NOON + 29_000).pausedUntil, NOON + 30_000);
  assert.equal(see({ told }, NOON + 30_000).pausedUntil, null);
  const door = (now: number) => toInfo(told, NO_WORDS, (t) => now < t).door;
  assert.deepEqual([NOON - 11 * MINUTE, NOON - 10 * MINUTE, NOON + 4 * MINUTE, NOON + 5 * MINUTE].map(door), ["not-yet", "open", "open", "closed"]);
});

test("one is passed over when their device is away; when a turn grows long, by host and guardian alone", () => {
  const away = whole({ people: [{ person: "per", here: false, waits: true }, { person: "me", here: true, waits: true }] });
  assert.equal(see({}).mayPassOver, false);
  assert.equal(see({ told: away }).mayPassOver, true);
  assert.equal(see({ told: { ...away, holder: "me" } }).mayPassOver, false, "never myself");
  assert.equal(see({ told: { ...away, stage: "ahead" } }).mayPassOver, false);
  const later = NOON + 9 * MINUTE;
  assert.deepEqual([whole(), whole({ host: "me" }), whole({ guardian: "me" })].map((told) => see({ told }, later).mayPassOver), [false, true, true]);
});

test("the host begins; anybody who is in, when the host was waited for", () => {
  const ahead = whole({ stage: "ahead" });
  const alone = whole({ stage: "ahead", people: [{ person: "me", here: true, waits: true }] });
  const may = (told: GatheringWhole, after: number) => see({ told }, NOON + after * MINUTE).mayBegin;
  assert.deepEqual([may({ ...ahead, host: "me" }, -5), may(ahead, 4), may(alone, 2), may(alone, 3), may({ ...alone, host: null }, 3)], [true, false, false, true, true]);
});

test("few are few once it is time, and nobody is missing before", () => {
  const two = whole({ people: [{ person: "ida", here: true, waits: true }, { person: "me", here: true, waits: true }, { person: "per", here: false, waits: true }] });
  assert.equal(see({ told: two }).few, true);
  assert.equal(see({}).few, false);
  assert.equal(see({ told: { ...two, stage: "over" } }).few, false);
  const ahead = whole({ stage: "ahead", people: [] });
  assert.deepEqual([NOON - 1, NOON].map((now) => see({ told: ahead }, now).few), [false, true]);
});

test("who left is not in, though the house may not have heard yet; a sign is shown of who is in alone", () => {
  const away = whole({ holder: "me", people: [{ person: "me", here: false, waits: true }] });
  const isIn = (given: Partial<Seeing>) => [see(given).iAmIn, see(given).iHold];
  assert.deepEqual(isIn({ told: whole({ holder: "me" }), sits: false, gone: true }), [false, false]);
  assert.deepEqual(isIn({ told: away, sits: false }), [false, false], "a seat that one left");
  assert.deepEqual(isIn({ told: away }), [true, true], "the connection is lost, not I");
  assert.deepEqual(isIn({ told: whole({ holder: "me" }), sits: false }), [true, true], "by another device of mine");
  assert.deepEqual(see({ signs: ["per", "stranger"] }).signs, ["per"]);
});

test("of what is said about a gathering the newest counts, what waits here above all", () => {
  const about = (title: string): GatheringWords => ({ title, text: "", question: "" });
  const entry = (title: string): Content => ({ kind: "gathering", gathering: G, words: about(title) });
  const kept = new Map<string, SaidWords>([[G, { seq: 2, words: about("kept") }], ["other", { seq: 1, words: about("other") }]]);
  const title = (...given: Parameters<typeof wordsIn>) => wordsIn(...given).get(G)?.words.title;
  assert.equal(title(kept, [seen("e1", "per", entry("older"))], []), "kept");
  assert.equal(title(kept, [seen("e3", "per", entry("newer"))], []), "newer");
  assert.equal(title(kept, [seen("e3", "per", entry("newer"))], [waits("e4", entry("waits"))]), "waits");
  assert.equal(wordsIn(kept, [], []).get("other")?.words.title, "other");
});

// ── What the house told ───────────────────────────────────────────────────────────────────────────────────────────────

/** As much of the core as keeps things. */
function smallCore(): Core {
  const facts = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    era: 1, offsetMs: 0, state: signal({ is: "open" }), isOpen: () => true, houseNow: () => NOON + MINUTE, background: (work: () => Promise<unknown>) => void work(),
    sealJson: async (value: unknown) => new TextEncoder().encode(JSON.stringify(value)),
    openJson: async (sealed: Uint8Array) => JSON.parse(new TextDecoder().decode(sealed)) as unknown,
    local: { facts: { put: async (key: string, sealed: Uint8Array<ArrayBuffer>) => void facts.set(key, sealed), get: async (key: string) => facts.get(key) ?? null } },
    tabs: { tell: () => undefined },
    clock: { before: () => true },
  } as unknown as Core;
}

test("a telling that comes late changes nothing, and of one version the later counts", () => {
  const told = createTold(smallCore());
  const here = () => told.get(G)?.whole?.people.map((one) => one.here);
  told.take(whole({ version: 5, now_ms: 10 }));
  told.take(whole({ version: 4, now_ms: 99, stage: "check-in" }));
  assert.equal(told.get(G)?.head.stage, "main");
  const away = [{ person: "ida", here: false, waits: true }];
  told.take(whole({ version: 5, now_ms: 9, people: away }));
  assert.deepEqual(here(), [true, true, true]);
  told.take(whole({ version: 5, now_ms: 11, people: away }));
  assert.deepEqual(here(), [false]);
});

test("what a list does not name is no more, but for what was called off; what is kept stands again", async () => {
  const core = smallCore();
  const told = createTold(core);
  told.take(whole());
  told.take(whole({ id: "off", stage: "cancelled" }));
  told.take(whole({ id: "elsewhere", room: "other" }));
  assert.deepEqual(told.takeRoom("room", [whole({ id: "new" })]).map(({ head }) => head.id), [G]);
  assert.deepEqual([...told.all.value.keys()].sort(), ["elsewhere", "new", "off"]);
  await told.keep(new Map([["new", { seq: 3, words: NO_WORDS }], ["gone", { seq: 3, words: NO_WORDS }], ["off", { seq: Infinity, words: NO_WORDS }]]));
  const again = createTold(core);
  await again.load();
  assert.deepEqual([...again.all.value.keys()].sort(), ["elsewhere", "new", "off"]);
  assert.deepEqual([...again.words.value.keys()], ["new"]);
});

test("when its time is over, the words of a gathering leave this device, and no others", async () => {
  const core = smallCore();
  const told = createTold(core);
  told.take(whole({ stage: "over", fades_ms: NOON, turns: [mark("e1", "per"), mark("e8", "ida")] }));
  told.take(whole({ id: "later", stage: "over", fades_ms: NOON + 2 * MINUTE, turns: [mark("e3", "per")] }));
  const log = { seen: signal([seen("e1", "per", turn("a")), seen("e2", "per", turn("out of turn")), seen("e3", "per", turn("b", "later")), seen("e4", "per", { kind: "goodbye", text: "" })]) };
  const erased: string[] = [];
  const fade = fading(core, { told, logs: { log: () => log } as never, erase: async (_room, ids) => void erased.push(...ids) });
  await fade.due();
  await fade.due();
  fade.stop();
  assert.deepEqual(erased.sort(), ["e1", "e2", "e8"], "and once");
});
