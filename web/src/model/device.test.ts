/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What stays in a browser when an account leaves it, on an IndexedDB in memory.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { randomBytes, webcrypto } from "node:crypto";
import { test } from "node:test";
import type { Crypto as BesideCrypto } from "../crypto/face";
import { toId, type Id } from "../lib/id";
import { openLocal } from "../local/local";
import { createDevice } from "./device";

const newId = (): Id => toId(new Uint8Array(randomBytes(16)));
const DRAFT = { key: "page:new", sealed: new Uint8Array([1, 2, 3]) };

let databases = 0;

/** A browser with two tabs, in which PERSON is signed in and has a draft. */
async function browser(person: Id) {
  const local = openLocal(`device-test-${++databases}`, () => webcrypto as unknown as Crypto);
  const tab = () => createDevice({ local, crypto: {} as BesideCrypto });
  const one = tab();
  await one.keepSession({ person, session: newId(), role: "person", signInName: "somebody", wrap: "", needsPassphrase: false });
  await local.drafts.put(DRAFT.key, DRAFT.sealed);
  return { local, one, two: tab() };
}

for (const why of ["ended-elsewhere", "no-passphrase"] as const) {
  test(`${why}: what was not sent stays for its owner, also when another tab hears of it later`, async () => {
    const me = newId();
    const { local, one, two } = await browser(me);
    await one.wipe(why);
    await two.wipe(why);
    assert.equal(await one.session(), null);
    assert.equal(await two.gone(), why);
    await one.welcome(me);
    assert.deepEqual(await local.drafts.all(), [DRAFT]);
  });

  test(`${why}: and for nobody else`, async () => {
    const { local, one, two } = await browser(newId());
    await one.wipe(why);
    await two.welcome(newId());
    assert.deepEqual(await local.drafts.all(), []);
  });
}

test("signed out, nothing stays, whatever else was heard before or after", async () => {
  for (const [first, then] of [["signed-out", "ended-elsewhere"], ["ended-elsewhere", "signed-out"], ["deleted", "ended-elsewhere"]] as const) {
    const me = newId();
    const { local, one, two } = await browser(me);
    await one.wipe(first);
    await two.wipe(then);
    await one.welcome(me);
    assert.deepEqual(await local.drafts.all(), []);
  }
});
