// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { utf8 } from "../lib/bytes";
import { sealJson } from "./seal";
import { randomBytes } from "./sodium";
import { flipped, newId, person, refuses, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
before(async () => {
  [ada, bo] = await Promise.all([person("ada"), person("bob")]);
});

test("a vault item opens under its own key, for its owner", async () => {
  const item = { name: "people/outside", value: { names: ["Mum"], nested: [{ a: 1 }] } };
  const { key, body } = await ada.crypto.sealVault(item);
  assert.equal(key, await ada.crypto.vaultKey(item.name));
  assert.deepEqual(await ada.crypto.openVault({ key, body }), item);
  assert.notEqual(key, await bo.crypto.vaultKey(item.name));
  await refuses(bo.crypto.openVault({ key, body }), "untrusted", "vault");
});

test("the house cannot answer for one item with another, or with an altered one", async () => {
  const one = await ada.crypto.sealVault({ name: "one", value: 1 });
  const two = await ada.crypto.sealVault({ name: "two", value: 2 });
  await refuses(ada.crypto.openVault({ key: one.key, body: two.body }), "untrusted", "vault");
  await refuses(ada.crypto.openVault({ key: one.key, body: flipped(one.body) }), "untrusted", "vault");
  await refuses(ada.crypto.openVault({ key: one.key, body: new Uint8Array(0) }), "untrusted", "vault");
  const key = await ada.crypto.vaultKey("one");
  const how = { key: ada.account.vaultKey, purpose: "vault" as const, context: new Uint8Array(Buffer.from(key, "base64url")) };
  const misnamed = sealJson(how, { name: "two", value: 2 }, 9999, randomBytes);
  await refuses(ada.crypto.openVault({ key, body: misnamed }), "untrusted", "vault-name");
});

test("an item too long for the house is told before it is sent", async () => {
  await refuses(ada.crypto.sealVault({ name: "big", value: "x".repeat(66_000) }), "too-long");
});

test("what is sealed for one purpose or place does not open for another", async () => {
  const session = newId();
  const label = await ada.crypto.sealLabel({ session, label: "Firefox on Android" });
  assert.equal(await ada.crypto.openLabel({ session, body: label }), "Firefox on Android");
  await refuses(ada.crypto.openLabel({ session: newId(), body: label }), "untrusted", "session-label");
  await refuses(ada.crypto.openLocal(label), "untrusted", "local");
  const local = await ada.crypto.sealLocal(utf8("draft"), "drafts/1");
  assert.deepEqual(await ada.crypto.openLocal(local, "drafts/1"), utf8("draft"));
  await refuses(ada.crypto.openLocal(local, "drafts/2"), "untrusted", "local");
  await refuses(ada.crypto.openLocal(local), "untrusted", "local");
  await refuses(bo.crypto.openLocal(local, "drafts/1"), "untrusted", "local");
  await refuses(ada.crypto.openVault({ key: await ada.crypto.vaultKey("x"), body: local }), "untrusted", "vault");
});
