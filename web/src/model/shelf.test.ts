/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The shelf over real sealed entries, on an IndexedDB in memory; the house is a list of frames.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { newId } from "../crypto/test_kit";
import type { Id } from "../lib/id";
import { toJson, type Written } from "./content";
import type { Kept, PageWords } from "./face";
import type { Waiting } from "./outbox";
import { SEGMENT } from "./shelf_store";
import { device, me, newName, NOON, putDown, ready, room, SelfRoom, setUp, until, type Device, type Setting } from "./test_shelf";

before(setUp);

const page = (text: string, more: Partial<PageWords> = {}): Written => ({ kind: "page", page: { ...PAGE, text, ...more } });
const PAGE: PageWords = { text: "", day: "2026-03-10", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null };
const edit = (of: Id, after: Id[], text: string): Written => ({ kind: "edit", of, after, page: { ...PAGE, text }, letter: null });
const firsts = (kept: readonly Kept[]): string[] => kept.map(({ first }) => first);
const found = async (one: Device, words: string): Promise<string[]> => firsts(await one.shelf.find({ words }));

// ── Tests ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("pages, check-ins and letters stand in one list, newest day first, and are found by word, month and feeling", async () => {
  const house = new SelfRoom();
  await house.write(page("The sea was grey.\nI stayed long.", { day: "2026-01-05", feelings: ["sad"], weight: 7, weightAfter: 4 }));
  await house.write({ kind: "checkin", checkin: { weight: 6, feelings: ["tired"], opening: "", text: "after the walk" } });
  await house.write({ kind: "letter", letter: { to: "Grandmother", text: "You would laugh.", voice: null, until: null, sealed: null } });
  await house.write({ kind: "letter", letter: { to: "Jonas", text: "", voice: null, until: NOON * 2, sealed: "AAAA" } });
  await house.write({ kind: "name", name: "not for the shelf" });
  const one = await ready(await device(newName(), house), house);
  assert.deepEqual(one.shelf.kept.value.map(({ kind, day, first, to, until: sealed }) => [kind, day, first, to, sealed]), [
    ["letter", "2026-03-10", "", "Jonas", NOON * 2],
    ["letter", "2026-03-10", "You would laugh.", "Grandmother", null],
    ["checkin", "2026-03-10", "after the walk", "", null],
    ["page", "2026-01-05", "The sea was grey. I stayed long.", "", null],
  ]);
  assert.deepEqual(firsts(await one.shelf.find({ month: "2026-01" })), ["The sea was grey. I stayed long."]);
  assert.deepEqual(firsts(await one.shelf.find({ feeling: "tired" })), ["after the walk"]);
  assert.deepEqual(await found(one, "STAY"), ["The sea was grey. I stayed long."]);
  assert.deepEqual(await found(one, "grandmo"), ["You would laugh."]);
  assert.deepEqual((await one.shelf.find({ words: "jonas" })).map(({ to }) => to), ["Jonas"]);
  assert.deepEqual(await found(one, "sea walk"), []);
  assert.deepEqual(await one.shelf.find({ words: "sea", month: "2026-02" }), []);
  assert.deepEqual(await one.shelf.find({ words: "!?" }), []);
  await one.close();
});

test("accents and scripts do not stand between words and who looks for them", async () => {
  const house = new SelfRoom();
  for (const text of ["Später am Fluß", "今天我去了北京大学", "วันนี้ฉันไปโรงเรียน"]) await house.write(page(text));
  const one = await ready(await device(newName(), house), house);
  assert.deepEqual(await found(one, "spater fluss"), ["Später am Fluß"]);
  assert.deepEqual(await found(one, "京大学"), ["今天我去了北京大学"]);
  assert.deepEqual(await found(one, "เรียน"), ["วันนี้ฉันไปโรงเรียน"]);
  await one.close();
});

test("an unlock opens nothing that is on the shelf, and only the lines above the mark after others came", async () => {
  const house = new SelfRoom();
  const name = newName();
  for (let i = 0; i < 30; i++) await house.write(page(`day ${i}`));
  const first = await ready(await device(name, house), house);
  await putDown(first, house);
  await first.close();

  const second = await device(name, house);
  await second.shelf.load();
  assert.equal(second.shelf.kept.value.length, 30);
  assert.equal((await second.shelf.find({ words: "day" })).length, 30);
  assert.equal(second.opened(), 0);
  await second.close();

  await house.write(page("one more"));
  await (await ready(await device(name, house, { leads: false }), house)).close();
  const third = await device(name, house);
  await third.shelf.load();
  assert.deepEqual(await found(third, "more"), ["one more"]);
  assert.ok(third.opened() <= 2, `${third.opened()} were opened`);
  await third.close();
});

test("nothing readable of it is on the disk", async () => {
  const house = new SelfRoom();
  const name = newName();
  const rows: { name: string; sealed: Uint8Array }[] = [];
  await house.write(page("unmistakable heliotrope"));
  const one = await ready(await device(name, house, { put: async (local, put) => (rows.push(...put), local.shelf.put(put)) }), house);
  await putDown(one, house);
  assert.deepEqual([...new Set(rows.map((row) => row.name))].sort(), ["lines/0", "mark", "words/0"]);
  for (const { sealed } of rows) assert.ok(!Buffer.from(sealed).includes("heliotrope"));
  await one.local.wipe("read");
  assert.equal(await one.local.shelf.get("mark"), null);
  await one.close();
});

test("a change rewrites the touched segments and no other", async () => {
  const house = new SelfRoom();
  const rows: string[] = [];
  const first = await house.write(page("the oldest"));
  for (let i = 0; i < SEGMENT + 5; i++) await house.write({ kind: "name", name: "filling" });
  const one = await ready(await device(newName(), house, { put: async (local, put) => (rows.push(...put.map((row) => row.name)), local.shelf.put(put)) }), house);
  await putDown(one, house);
  rows.length = 0;
  await house.write(page("the newest"));
  await one.logs.pull(room, house.frames.length);
  await putDown(one, house);
  assert.deepEqual(rows.sort(), ["lines/1", "mark", "words/1"]);
  rows.length = 0;
  await house.write(edit(first, [first], "the oldest, again"));
  await one.logs.pull(room, house.frames.length);
  await putDown(one, house);
  assert.deepEqual(rows.sort(), ["lines/1", "mark", "words/0"]);
  assert.deepEqual(await found(one, "oldest again"), ["the oldest, again"]);
  await one.close();
});

test("a crash before, and in the middle of, putting it down loses nothing and doubles nothing", async () => {
  for (const crash of ["before", "between"] as const) {
    const house = new SelfRoom();
    const name = newName();
    const root = await house.write(page("as it was"));
    const first = await ready(await device(name, house), house);
    await putDown(first, house);
    await first.close();

    await house.write(edit(root, [root], "as it is"));
    await house.write(page("a new one"));
    let crashed = false;
    const put: Setting["put"] = async (local, rows) => {
      crashed = true;
      if (crash === "between") await local.shelf.put(rows.filter((row) => row.name !== "mark"));
      throw new Error("the browser went");
    };
    const second = await ready(await device(name, house, { put }), house);
    await until("it crashed", () => crashed);
    await second.close();

    const third = await device(name, house);
    await third.shelf.load();
    assert.deepEqual(firsts(third.shelf.kept.value), ["a new one", "as it is"], crash);
    assert.deepEqual(await found(third, "as it"), ["as it is"], crash);
    assert.deepEqual(await found(third, "was"), [], crash);
    await third.close();
  }
});

test("what was taken back is off the list and out of the index at once, and leaves no word in what is stored", async () => {
  const house = new SelfRoom();
  const name = newName();
  const gone = await house.write(page("a heliotrope"));
  await house.write(page("a stone"));
  const one = await ready(await device(name, house), house);
  assert.deepEqual(await found(one, "heliotrope"), ["a heliotrope"]);

  one.waiting.value = [{ id: gone, room, what: "takeback", at: NOON, content: { kind: "unknown" }, place: { is: "sending" } }];
  assert.deepEqual(firsts(one.shelf.kept.value), ["a stone"]);
  assert.deepEqual(await found(one, "heliotrope"), []);
  assert.equal(await one.shelf.standing(gone), null);

  house.takeBack(gone);
  await one.logs.pull(room, house.frames.length);
  one.waiting.value = [];
  assert.deepEqual(firsts(one.shelf.kept.value), ["a stone"]);
  await putDown(one, house);
  for (const row of ["lines/0", "words/0"]) {
    const stored = JSON.stringify(await one.core.openJson((await one.local.shelf.get(row))!, `shelf/${row}`));
    assert.ok(!stored.includes("heliotrope"), row);
    assert.ok(stored.includes("stone"), row);
  }
  await one.close();
});

test("waiting words are on the list and found at once, and never twice when the house has them", async () => {
  const house = new SelfRoom();
  const root = await house.write(page("before"));
  const one = await ready(await device(newName(), house), house);
  const waits = (id: Id, content: Waiting["content"]): Waiting => ({ id, room, what: "put", at: NOON * 1.01, content, place: { is: "unsent", why: "offline" } });
  const [newer, page2] = [newId(), newId()];
  one.waiting.value = [waits(newer, edit(root, [root], "afterwards")), waits(page2, page("second"))];
  assert.deepEqual(firsts(one.shelf.kept.value), ["second", "afterwards"]);
  assert.deepEqual(await found(one, "before"), []);
  assert.deepEqual(await found(one, "afterw"), ["afterwards"]);
  assert.deepEqual(await found(one, "second"), ["second"]);
  const standing = (await one.shelf.standing(root))!;
  assert.deepEqual(standing.versions.map(({ page: words, place }) => [words?.text, place.is]), [["before", "sent"], ["afterwards", "unsent"]]);
  assert.deepEqual(standing.newest.map(({ id }) => id), [newer]);

  const { body } = await me.crypto.sealEntry({ room, id: page2, content: { ...toJson(page("second")), prev: root } });
  house.frames.push({ room, seq: 2, timeMs: NOON * 1.01, author: me.id, id: page2, state: "plain", body });
  await one.logs.pull(room, 2);
  assert.deepEqual(firsts(one.shelf.kept.value), ["second", "afterwards"]);
  one.waiting.value = [];
  assert.deepEqual(firsts(one.shelf.kept.value), ["second", "before"]);
  await one.close();
});

test("versions: the newest shows, two that did not know of one another both do, and an edit after both joins them", async () => {
  const house = new SelfRoom();
  const root = await house.write(page("one"));
  const second = await house.write(edit(root, [root], "two"));
  const one = await ready(await device(newName(), house), house);
  const shown = () => one.shelf.kept.value.map(({ first, twoVersions }) => [first, twoVersions]);
  assert.deepEqual(shown(), [["two", false]]);
  const third = await house.write(edit(root, [root], "also two"));
  await one.logs.pull(room, house.frames.length);
  assert.deepEqual(shown(), [["also two", true]]);
  assert.deepEqual((await one.shelf.standing(root))!.newest.map(({ id }) => id), [second, third]);
  await until("both are found", async () => (await found(one, "two")).length === 1 && (await found(one, "also")).length === 1);
  await house.write(edit(root, [second, third], "joined"));
  await one.logs.pull(room, house.frames.length);
  assert.deepEqual(shown(), [["joined", false]]);
  await one.close();
});

test("a root let go lives on in its edits; an earlier version let go makes no conflict, on a new device either", async () => {
  const house = new SelfRoom();
  const root = await house.write(page("one"));
  const second = await house.write(edit(root, [root], "two"));
  const third = await house.write(edit(root, [second], "three"));
  const name = newName();
  const one = await ready(await device(name, house), house);
  for (const gone of [second, root]) {
    house.takeBack(gone);
    await one.logs.pull(room, house.frames.length);
    const fresh = await ready(await device(newName(), house), house);
    for (const where of [one, fresh]) {
      await until("it has heard", async () => (await where.shelf.standing(root))?.versions.every(({ id }) => id !== gone) === true);
      assert.deepEqual(where.shelf.kept.value.map(({ id, first, twoVersions }) => [id, first, twoVersions]), [[root, "three", false]]);
      assert.deepEqual(await found(where, "three"), ["three"]);
    }
    await fresh.close();
  }
  house.takeBack(third);
  await one.logs.pull(room, house.frames.length);
  assert.deepEqual(one.shelf.kept.value, []);
  await one.close();
});

test("a page whose first version the house never took lives on in its edits, and goes with the last of them", async () => {
  const house = new SelfRoom();
  for (let i = 0; i < 600; i++) await house.write(page(`day ${i}`));
  const root = newId();
  const first = await house.write(edit(root, [root], "calm"));
  const second = await house.write(edit(root, [first], "storm"));
  const name = newName();
  const one = await ready(await device(name, house), house);
  assert.deepEqual((await one.shelf.find({ words: "storm" })).map(({ id }) => id), [root]);
  assert.equal((await one.shelf.standing(root))?.versions.length, 2);
  await putDown(one, house);
  await one.close();
  const again = await ready(await device(name, house), house);
  assert.deepEqual((await again.shelf.find({ words: "storm" })).map(({ id }) => id), [root]);
  for (const [gone, words] of [[first, ["storm"]], [second, []]] as const) {
    house.takeBack(gone);
    await again.logs.pull(room, house.frames.length);
    assert.deepEqual([await found(again, "storm"), await found(again, "calm")], [words, []]);
  }
  assert.equal(again.shelf.kept.value.length, 600);
  await again.close();
});

test("with the newest version let go, the one before it shows and is found again", async () => {
  const house = new SelfRoom();
  const root = await house.write(page("calm"));
  const second = await house.write(edit(root, [root], "storm"));
  const one = await ready(await device(newName(), house), house);
  assert.deepEqual(await found(one, "calm"), []);
  house.takeBack(second);
  await one.logs.pull(room, house.frames.length);
  assert.deepEqual(firsts(one.shelf.kept.value), ["calm"]);
  assert.deepEqual(await found(one, "calm"), ["calm"]);
  assert.deepEqual(await found(one, "storm"), []);
  await one.close();
});

test("who can read it, and a letter on its road, are told with it and end with their line", async () => {
  const house = new SelfRoom();
  const letter = await house.write({ kind: "letter", letter: { to: "M", text: "dear", voice: null, until: null, sealed: null } });
  const [bond, entry, voice] = [newId(), newId(), newId()];
  const shared = await house.write({ kind: "shared", of: letter, room: bond, entry, voice });
  const sending = await house.write({ kind: "sending", of: letter, room: bond });
  const one = await ready(await device(newName(), house), house);
  assert.deepEqual(one.shelf.kept.value[0]?.sharedWith, [bond]);
  const whole = (await one.shelf.standing(letter))!;
  assert.deepEqual(whole.shared.map(({ line, room: in_, entry: as, voice: heard }) => [line, in_, as, heard]), [[shared, bond, entry, voice]]);
  assert.deepEqual(whole.sending.map(({ line, room: to }) => [line, to]), [[sending, bond]]);
  assert.equal(whole.versions[0]?.letter?.text, "dear");
  house.takeBack(shared);
  await one.logs.pull(room, house.frames.length);
  assert.deepEqual(one.shelf.kept.value[0]?.sharedWith, []);
  await one.close();
});

test("what fails a check is not shelved: another's body, a line twice, an edit of a page by a letter", async () => {
  const house = new SelfRoom();
  const root = await house.write(page("mine"));
  await house.write({ kind: "edit", of: root, after: [root], page: null, letter: { to: "", text: "not a page", voice: null, until: null, sealed: null } });
  await house.write(page("spoilt"));
  house.frames[2] = { ...house.frames[2]!, body: house.frames[2]!.body.map((byte, i) => (i === 90 ? byte ^ 1 : byte)) };
  house.frames.push({ ...house.frames[0]!, seq: 4 });
  const one = await ready(await device(newName(), house), house);
  assert.deepEqual(firsts(one.shelf.kept.value), ["mine"]);
  assert.deepEqual((await one.shelf.standing(root))!.versions.map(({ page: words }) => words?.text), ["mine"]);
  await one.close();
});

test("a new device fetches the whole room, page by page, and keeps it", async () => {
  const house = new SelfRoom();
  const name = newName();
  for (let i = 0; i < 620; i++) await house.write(i % 10 === 0 ? page(`entry ${i}`) : { kind: "name", name: "x" });
  const one = await device(name, house);
  await one.logs.pull(room, house.frames.length);
  assert.equal((await one.local.entries.after(room, 0)).length, 100);
  await one.shelf.load();
  await until("all of it is here", () => one.shelf.whole.value);
  assert.equal(one.shelf.kept.value.length, 62);
  assert.equal((await one.local.entries.after(room, 0)).length, 620);
  assert.deepEqual((await found(one, "entry 30")).slice(0, 1), ["entry 30"]);
  await one.close();
});

test("of two tabs only the leading one puts it down; when the other leads, nothing is lost or mixed up", async () => {
  const house = new SelfRoom();
  const name = newName();
  await house.write(page("first"));
  let puts = 0;
  const one = await ready(await device(name, house), house);
  await putDown(one, house);
  const two = await ready(await device(name, house, { leads: false, put: async (local, rows) => (puts++, local.shelf.put(rows)) }), house);
  await house.write(page("second"));
  for (const tab of [one, two]) await tab.logs.pull(room, house.frames.length);
  await putDown(one, house);
  assert.deepEqual(await found(two, "second"), ["second"]);
  assert.equal(puts, 0);
  one.core.leading.value = false;
  two.core.leading.value = true;
  await house.write(page("third"));
  for (const tab of [one, two]) await tab.logs.pull(room, house.frames.length);
  await until("the second put it down", () => puts > 0);
  await putDown(two, house);
  await one.close();
  await two.close();
  const later = await device(name, house);
  await later.shelf.load();
  assert.equal(later.opened(), 0);
  assert.deepEqual(firsts(later.shelf.kept.value), ["third", "second", "first"]);
  for (const word of ["first", "second", "third"]) assert.deepEqual(await found(later, word), [word]);
  await later.close();
});

test("a browser that was here before there was a shelf gets one, and keeps what it had", async () => {
  const house = new SelfRoom();
  const name = newName();
  await new Promise<void>((done) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const store of ["facts", "drafts"]) opening.result.createObjectStore(store);
      opening.result.createObjectStore("entries", { keyPath: ["room", "seq"] }).createIndex("id", ["room", "id"]);
      opening.result.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("id", "id");
    };
    opening.onsuccess = () => {
      opening.result.transaction("facts", "readwrite").objectStore("facts").put(new Uint8Array([7]), "bonds");
      opening.result.close();
      done();
    };
  });
  await house.write(page("still here"));
  const one = await ready(await device(name, house), house);
  await putDown(one, house);
  assert.deepEqual(await one.local.facts.get("bonds"), new Uint8Array([7]));
  assert.deepEqual(firsts(one.shelf.kept.value), ["still here"]);
  await one.close();
});

test("locking takes it out of memory, and a late answer does not bring it back", async () => {
  const house = new SelfRoom();
  await house.write(page("behind the lock"));
  const one = await ready(await device(newName(), house), house);
  const late = one.shelf.find({ words: "lock" }).catch(({ code }: { code: string }) => code);
  one.shelf.clear();
  one.core.era += 1;
  one.core.state.value = { is: "locked", why: "by-hand" };
  await late;
  assert.deepEqual(one.shelf.kept.value, []);
  assert.equal(one.shelf.state.value.is, "idle");
  await assert.rejects(one.shelf.find({ words: "lock" }), { code: "locked" });
  await assert.rejects(one.shelf.ready(), { code: "locked" });
  await one.close();
});
