/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Drafts with real seals, on an IndexedDB in memory: what is read from the device never covers what is being written, and
// nothing readable comes back behind the lock.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { randomBytes, webcrypto } from "node:crypto";
import { before, test } from "node:test";
import { signal } from "@preact/signals";
import { person, type Person } from "../crypto/test_kit";
import { toId } from "../lib/id";
import { openLocal, type Local } from "../local/local";
import { createCore, type Core } from "./core";
import { createDrafts, type DraftsNoun } from "./drafts";

const KEY = "page:new";

let me: Person;
before(async () => {
  me = await person("somebody");
});

interface Device {
  readonly core: Core;
  readonly local: Local;
  readonly drafts: DraftsNoun;
}

let databases = 0;

async function device(name = `drafts-test-${++databases}`): Promise<Device> {
  const local = openLocal(name, () => webcrypto as unknown as Crypto);
  const core = createCore({
    origin: "http://house.test",
    fetch: () => Promise.reject(new TypeError("no network")),
    crypto: me.crypto,
    storage: local,
    now: Date.now,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    online: signal(true),
    deviceName: "a test",
  });
  core.state.value = { is: "open", me: me.id, role: "person", session: toId(new Uint8Array(randomBytes(16))), needsPassphrase: false };
  const drafts = createDrafts(core);
  await drafts.load();
  return { core, local, drafts };
}

function lock({ core, drafts }: Device): void {
  core.era += 1;
  core.state.value = { is: "locked", why: "by-hand" };
  drafts.forget();
}

test("a draft that is being read when the lock closes does not come back behind it", async () => {
  const one = await device();
  one.drafts.write(KEY, { text: "for nobody" });
  await one.drafts.settled();
  const loading = one.drafts.load(); // another tab has told of a draft
  lock(one);
  await loading.catch(() => undefined);
  assert.equal(one.drafts.read(KEY).value, null);
});

test("words on their way to the device are not covered by those that stood there", async () => {
  const one = await device();
  one.drafts.write(KEY, { text: "old" });
  await one.drafts.settled();
  for (let turns = 0; turns < 12; turns++) {
    one.drafts.write(KEY, { text: `new ${turns}` });
    const loading = one.drafts.load();
    for (let i = 0; i < turns; i++) await Promise.resolve();
    await Promise.all([one.drafts.settled(), loading]);
    assert.equal(one.drafts.read(KEY).value?.text, `new ${turns}`);
  }
});

test("words of the moment before the lock stand there after it, however soon it opens", async () => {
  const one = await device();
  one.drafts.write(KEY, { text: "old" });
  await one.drafts.settled();
  one.drafts.write(KEY, { text: "old, and the last words" });
  const open = one.core.state.value;
  lock(one);
  one.core.era += 1;
  one.core.state.value = open;
  await one.drafts.load();
  assert.equal(one.drafts.read(KEY).value?.text, "old, and the last words");
});

test("words that this browser would not store stay on the screen, and are stored with the next", async () => {
  const one = await device();
  one.drafts.write(KEY, { text: "old" });
  await one.drafts.settled();
  const { put } = one.local.drafts;
  one.local.drafts.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  one.drafts.write(KEY, { text: "old and new" });
  await assert.rejects(one.drafts.settled());
  await one.drafts.load(); // another tab has told of a draft
  assert.equal(one.drafts.read(KEY).value?.text, "old and new");
  await assert.rejects(one.drafts.settled(), "and is not called safe");
  one.local.drafts.put = put;
  await one.drafts.settled();
  const again = createDrafts(one.core);
  await again.load();
  assert.equal(again.read(KEY).value?.text, "old and new");
});
