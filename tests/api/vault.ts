// SPDX-License-Identifier: AGPL-3.0-or-later
// The vault: sealed items, each with a version, so that two devices never overwrite one another unseen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readVaultFrames } from "../../web/src/lib/frames";
import { Member, newId, random } from "../member";
import { place } from "./place";

const put = (who: Member, key: string, version: number | string, octets: Uint8Array) => who.call("PUT", `/api/vault/${key}`, { octets, headers: { "If-Match": String(version) } });
const list = async (who: Member, after = 0) => readVaultFrames((await who.call("GET", `/api/vault?after=${after}`)).bytes);

test("an item is written, changed and deleted, each time at the version that was known", async () => {
  const { cleo } = await place();
  const { key, body } = await cleo.keys.sealVault({ name: "settings", value: { theme: "dark" } });
  const first = await put(cleo, key, 0, body);
  assert.equal(first.status, 200);
  const v1 = first.json().version;
  const late = await put(cleo, key, 0, random(200));
  assert.deepEqual([late.status, late.code, late.json().version], [412, "vault-changed", v1]);
  const v2 = (await put(cleo, key, v1, random(200))).json().version;
  assert.ok(v2 > v1);
  const gone = await cleo.call("DELETE", `/api/vault/${key}`, { headers: { "If-Match": String(v1) } });
  assert.equal(gone.status, 412);
  const v3 = (await cleo.call("DELETE", `/api/vault/${key}`, { headers: { "If-Match": String(v2) } })).json().version;
  const item = (await list(cleo, v2)).find((one) => one.key === key);
  assert.deepEqual([item?.version, item?.body.length], [v3, 0], "a deletion is told like a change");
});

test("a device asks for what changed since it last looked", async () => {
  const { cleo, ben } = await place();
  const items: { key: string; body: Uint8Array<ArrayBuffer>; version: number }[] = [];
  for (let i = 0; i < 5; i++) {
    const sealed = await cleo.keys.sealVault({ name: `name ${i}`, value: i });
    items.push({ ...sealed, version: (await put(cleo, sealed.key, 0, sealed.body)).json().version as number });
  }
  const since = await list(cleo, items[2]?.version);
  assert.deepEqual(since.map(({ key }) => key), items.slice(3).map(({ key }) => key));
  for (const { key, body } of since) assert.match((await cleo.keys.openVault({ key, body })).name, /^name \d$/);
  assert.ok(!(await list(ben)).some(({ key }) => items.some((item) => item.key === key)), "nobody sees another's");
  assert.equal((await cleo.call("GET", "/api/vault?after=x")).status, 400);
});

test("the version must be named, as a number", async () => {
  const { cleo } = await place();
  for (const version of ["", "*", "-1", "1.0", "99999999999999999999"]) {
    assert.equal((await put(cleo, newId(), version, random(80))).status, 400, version);
    assert.equal((await cleo.call("DELETE", `/api/vault/${newId()}`, { headers: { "If-Match": version } })).status, 400, version);
  }
  assert.equal((await cleo.call("PUT", `/api/vault/${newId()}`, { octets: random(80) })).status, 400);
});

test("an item has a size: 1 to 65,536 bytes", async () => {
  const { cleo } = await place();
  assert.equal((await put(cleo, newId(), 0, random(65536))).status, 200);
  assert.equal((await put(cleo, newId(), 0, random(65537))).status, 413);
  assert.equal((await put(cleo, newId(), 0, new Uint8Array())).status, 400);
});

test("many large items come over in pages that end", async () => {
  const { dora } = await place();
  const keys = Array.from({ length: 40 }, newId);
  for (const key of keys) assert.equal((await put(dora, key, 0, random(65536))).status, 200);
  const found = new Set<string>();
  for (let after = 0, frames = await list(dora); frames.length > 0; frames = await list(dora, after)) {
    frames.forEach(({ key }) => found.add(key));
    after = frames.at(-1)?.version ?? 0;
  }
  assert.deepEqual(found, new Set(keys));
});
