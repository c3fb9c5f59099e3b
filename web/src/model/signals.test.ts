/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Signals between pages with real seals: who hears what, and that nothing is heard twice or late, whatever the house does.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readSignalFrame } from "../api/signals";
import { bonded, newId } from "../crypto/test_kit";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Id } from "../lib/id";
import type { Channel } from "./platform";
import type { Heard } from "./signals";
import { Air, person, type PageHere, type Person } from "./test_air";

let a: Person;
let b: Person;
let room: Id;
before(async () => {
  [a, b] = [await person("first"), await person("second")];
  ({ room } = await bonded(a, b));
});

function listen(page: PageHere, kind = "sit"): Heard[] {
  const heard: Heard[] = [];
  page.signals.hear(kind, (one) => heard.push(one));
  return heard;
}

const words = (heard: readonly Heard[]) => heard.map(({ said }) => said.word);

test("what one says, the others hear, and only those who listen for it; the page that said it does not", async () => {
  const air = new Air();
  const [mine, phone, theirs] = [air.page(a), air.page(a), air.page(b)];
  const [here, there, far, other] = [listen(mine), listen(phone), listen(theirs), listen(theirs, "thanks")];
  await mine.signals.send(room, { kind: "sit", word: "one" });
  assert.deepEqual([words(here), words(there), words(far), words(other)], [[], ["one"], ["one"], []]);
  const [{ author, room: where, at, device }] = far as [Heard];
  assert.deepEqual([author, where, at, device], [a.id, room, air.nowMs, there[0]!.device]);
  const stop = theirs.signals.hear("sit", () => assert.fail("stopped"));
  stop();
  await mine.signals.send(room, { kind: "sit", word: "two" });
  assert.deepEqual(words(far), ["one", "two"]);
});

test("a signal is heard once, and one that was overtaken not at all", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  await mine.signals.send(room, { kind: "sit", word: "one" });
  await air.tell(air.said[0]!);
  air.deaf.add(theirs);
  await mine.signals.send(room, { kind: "sit", word: "two" });
  air.deaf.clear();
  await mine.signals.send(room, { kind: "sit", word: "three" });
  for (const data of air.said) await air.tell(data);
  assert.deepEqual(words(heard), ["one", "three"]);
});

test("what is a minute old is not heard, not even by a page that was not there when it was new", async () => {
  const air = new Air();
  const mine = air.page(a);
  await mine.signals.send(room, { kind: "sit", word: "old" });
  air.nowMs += 61_000;
  const late = listen(air.page(b));
  await air.tell(air.said[0]!);
  assert.deepEqual(words(late), []);
  await mine.signals.send(room, { kind: "sit", word: "new" });
  assert.deepEqual(words(late), ["new"]);
});

test("a clock that is wrong here changes nothing: the house's counts", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  Object.assign(mine.core.platform, { now: () => air.nowMs - 86_400_000 });
  await mine.signals.send(room, { kind: "sit", word: "now" });
  assert.deepEqual(heard.map(({ at }) => at), [air.nowMs]);
});

test("a device that slept asks for the time again when its stream is back", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  await mine.signals.send(room, { kind: "sit", word: "before" });
  Object.assign(theirs.core, { houseNow: () => sleeper() });
  let behind = 600_000;
  const sleeper = () => air.nowMs - behind;
  await mine.signals.send(room, { kind: "sit", word: "asleep" });
  assert.deepEqual(words(heard), ["before"]);
  Object.assign(theirs.core, { heardTime: () => (behind = 0) });
  theirs.signals.live();
  await mine.signals.send(room, { kind: "sit", word: "awake" });
  assert.deepEqual(words(heard), ["before", "awake"]);
});

test("altered, of another author or room, cut short, or of somebody blocked: nothing is heard and nothing breaks", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  air.deaf.add(theirs);
  await mine.signals.send(room, { kind: "sit", word: "good" });
  air.deaf.clear();
  const good = fromBase64url(air.said[0]!);
  const bent = (at: number) => toBase64url(good.map((byte, i) => (i === at ? byte ^ 1 : byte)));
  for (const data of [bent(0), bent(16), bent(32), bent(good.length - 1), toBase64url(good.subarray(0, 32)), toBase64url(good.subarray(0, 200)), "!", ""]) await air.tell(data);
  theirs.blocked.push(a.id);
  await air.tell(air.said[0]!);
  assert.deepEqual(words(heard), []);
  theirs.blocked.pop();
  await air.tell(air.said[0]!);
  assert.deepEqual(words(heard), ["good"]);
});

test("what was sealed for a signal but says nothing that fits is not heard", async () => {
  const air = new Air();
  const theirs = air.page(b);
  const heard = listen(theirs);
  const [device, n, at, said] = [newId(), 1, air.nowMs, { kind: "sit" }];
  for (const value of [null, 7, { device, n, at }, { device: "x", n, at, said }, { device, n: 1.5, at, said }, { device, n, at: "now", said }, { device, n, at, said: { kind: 1 } }, { device, n: 0, at, said }]) {
    const body = await a.crypto.sealSignal({ room, value });
    await air.tell(toBase64url(new Uint8Array([...fromBase64url(room), ...fromBase64url(a.id), ...body])));
  }
  assert.deepEqual(heard, []);
});

test("without a network nothing leaves and nothing waits", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  mine.online.value = false;
  await assert.rejects(mine.signals.send(room, { kind: "sit", word: "lost" }), { code: "offline" });
  mine.online.value = true;
  await air.pass(120_000);
  assert.deepEqual([air.said, words(heard)], [[], []]);
});

test("a tab without a stream hears through the one that leads, sealed on the way; locked, it hears nothing", async () => {
  const air = new Air();
  const [one, two] = channels();
  const passed: unknown[] = [];
  const [leading, other, theirs] = [air.page(a, { channel: one }), air.page(a, { channel: two, leads: false }), air.page(b)];
  const spied = two.onmessage!;
  two.onmessage = (event) => (passed.push(event.data), spied(event));
  const [first, second, back] = [listen(leading), listen(other), listen(theirs)];
  await theirs.signals.send(room, { kind: "sit", word: "marked" });
  await air.pass(0);
  assert.deepEqual([words(first), words(second)], [["marked"], ["marked"]]);
  assert.equal(JSON.stringify(passed).includes("marked"), false);
  await other.signals.send(room, { kind: "sit", word: "mine" });
  assert.deepEqual([words(first), words(back)], [["marked", "mine"], ["mine"]]);
  other.core.state.value = { is: "locked", why: "by-hand" };
  await assert.rejects(other.signals.send(room, { kind: "sit" }), { code: "locked" });
  await theirs.signals.send(room, { kind: "sit", word: "later" });
  await air.pass(0);
  assert.deepEqual(words(second), ["marked"]);
});

test("another person at the same page is not to be known by it", async () => {
  const air = new Air();
  const [mine, theirs] = [air.page(a), air.page(b)];
  const heard = listen(theirs);
  await mine.signals.send(room, { kind: "sit" });
  mine.signals.clear();
  await mine.signals.send(room, { kind: "sit" });
  assert.equal(new Set(heard.map(({ device }) => device)).size, 2);
});

test("every signal is of one size", async () => {
  const air = new Air();
  const mine = air.page(a);
  await mine.signals.send(room, { kind: "sit" });
  await mine.signals.send(room, { kind: "sit", sit: newId(), began: air.nowMs, ends: air.nowMs, fresh: true });
  const sizes = air.said.map((data) => readSignalFrame(data).body.length);
  assert.equal(sizes[0], sizes[1]);
});

/** Two ends of a channel. */
function channels(): [Channel, Channel] {
  const ends: Channel[] = [0, 1].map((n) => ({
    onmessage: null,
    postMessage: (data: unknown) => void queueMicrotask(() => ends[1 - n]!.onmessage?.({ data } as MessageEvent)),
    close: () => undefined,
  }));
  return ends as [Channel, Channel];
}
