// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { before, test } from "node:test";
import { concat, sameBytes, u64, u8, utf8, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { wrapRoot } from "./account";
import { readCardWords } from "./card";
import { createKeyring } from "./keyring";
import { logIn, normalName } from "./name";
import { hash, label, randomBytes, signed } from "./sodium";
import { flipped, HOUSE, newId, OTHER_HOUSE, person, refuses, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
before(async () => {
  ada = await person("Ada");
  bo = await person("bo bo");
});

test("a new account opens again with its name and passphrase, however they were typed", async () => {
  const crypto = await createKeyring();
  const login = await crypto.signIn({ ...ada.credentials, name: " ADA ", passphrase: "the passphrase of Ada" });
  assert.deepEqual(login, { loginId: ada.made.loginId, loginSecret: ada.made.loginSecret });
  assert.equal(await crypto.locked(), true);
  await crypto.openWrap({ personId: ada.id, wrap: ada.made.wrapPassphrase });
  assert.deepEqual(await crypto.me(), await ada.crypto.me());
});

test("a new account opens again with its card, mistaken letters forgiven", async () => {
  const crypto = await createKeyring();
  const typed = ada.made.card.words.toLowerCase().replace(/0/g, "o").replace(/1/g, "l").replace(/-/g, " ");
  const { cardId, cardSecret } = await crypto.readCard(typed);
  assert.deepEqual([cardId, cardSecret], [ada.made.card.id, ada.made.card.secret]);
  await crypto.openWrap({ personId: ada.id, wrap: ada.made.card.wrap });
  assert.equal((await crypto.me()).personId, ada.id);
});

test("what the house learns differs with house, name and passphrase", async () => {
  const base = { houseId: HOUSE, name: "name", passphrase: "pass" };
  const others = [{ ...base, houseId: OTHER_HOUSE }, { ...base, name: "nama" }, { ...base, passphrase: "past" }];
  const first = logIn(base);
  for (const other of others.map(logIn)) assert.ok(!sameBytes(first.loginSecret, other.loginSecret));
  assert.ok(!sameBytes(first.loginId, logIn(others[0]!).loginId));
  assert.ok(!sameBytes(first.loginSecret, first.wrapKey));
});

test("a wrong passphrase opens nothing", async () => {
  const crypto = await createKeyring();
  await crypto.signIn({ ...ada.credentials, passphrase: "another" });
  await refuses(crypto.openWrap({ personId: ada.id, wrap: ada.made.wrapPassphrase }), "bad-passphrase");
  await refuses(crypto.openWrap({ personId: ada.id, wrap: ada.made.wrapPassphrase }), "locked");
});

test("the house cannot answer with another wrap, another person, or an altered wrap", async () => {
  const card = ada.made.card;
  const answers = [
    { personId: ada.id, wrap: card.wrap },
    { personId: bo.id, wrap: ada.made.wrapPassphrase },
    { personId: bo.id, wrap: bo.made.wrapPassphrase },
    { personId: ada.id, wrap: flipped(ada.made.wrapPassphrase) },
    { personId: ada.id, wrap: flipped(ada.made.wrapPassphrase, 0) },
    { personId: ada.id, wrap: new Uint8Array(3) },
  ];
  for (const answer of answers) {
    const crypto = await createKeyring();
    await crypto.signIn(ada.credentials);
    await refuses(crypto.openWrap(answer), "bad-passphrase");
    await crypto.readCard(card.words);
    await refuses(crypto.openWrap({ ...answer, wrap: ada.made.wrapPassphrase }), "bad-card", "wrap");
    assert.equal(await crypto.locked(), true);
  }
});

test("a wrap that opens but holds another person's root is refused", async () => {
  const crypto = await createKeyring();
  const { wrapKey } = logIn(ada.credentials);
  await crypto.signIn(ada.credentials);
  const wrap = wrapRoot("passphrase", wrapKey, ada.id, bo.account.root, randomBytes);
  await refuses(crypto.openWrap({ personId: ada.id, wrap }), "untrusted", "wrap-person");
  assert.equal(await crypto.locked(), true);
});

test("after a change of passphrase the old wrap, put back, does not open with the new passphrase", async () => {
  const eve = await person("eve");
  const changed = { ...eve.credentials, passphrase: "a newer one" };
  const fresh = await eve.crypto.newPassphrase({ ...changed, counter: 2 });
  const crypto = await createKeyring();
  await crypto.signIn(changed);
  await refuses(crypto.openWrap({ personId: eve.id, wrap: eve.made.wrapPassphrase }), "bad-passphrase");
  await crypto.signIn(changed);
  await crypto.openWrap({ personId: eve.id, wrap: fresh.wrap });
});

test("the signature of a change is for its house, person, counter, wrap and fields alone", async () => {
  const { loginId, loginSecret, wrap, signature } = await ada.crypto.newPassphrase({ ...ada.credentials, counter: 5 });
  const key = ada.account.identity.signKey;
  const holds = (house: string, who: string, counter: number, which: number, fields: Bytes): boolean =>
    signed(key, signature, label("beside/wraps/1"), fromId(house), fromId(who), u64(counter), u8(which), hash(32, null, fields));
  const fields = concat(loginId, loginSecret, wrap);
  assert.ok(holds(HOUSE, ada.id, 5, 1, fields));
  assert.ok(!holds(OTHER_HOUSE, ada.id, 5, 1, fields));
  assert.ok(!holds(HOUSE, bo.id, 5, 1, fields));
  assert.ok(!holds(HOUSE, ada.id, 6, 1, fields));
  assert.ok(!holds(HOUSE, ada.id, 5, 2, fields));
  assert.ok(!holds(HOUSE, ada.id, 5, 1, flipped(fields)));
});

test("a new card opens the account, and its change is signed; so is a deletion", async () => {
  const card = await ada.crypto.newCard({ houseId: HOUSE, counter: 9 });
  const fields = concat(fromId(card.id), card.secret, card.wrap);
  const who = concat(fromId(HOUSE), fromId(ada.id), u64(9));
  const key = ada.account.identity.signKey;
  assert.ok(signed(key, card.signature, label("beside/wraps/1"), who, u8(2), hash(32, null, fields)));
  const { signature } = await ada.crypto.deletion({ houseId: HOUSE, counter: 9 });
  assert.ok(signed(key, signature, label("beside/delete/1"), who));
  const crypto = await createKeyring();
  assert.equal((await crypto.readCard(card.words)).cardId, card.id);
  await crypto.openWrap({ personId: ada.id, wrap: card.wrap });
});

test("a name is NFKC, trimmed, small letters, three to forty characters", async () => {
  assert.equal(normalName("  ＡＤＡ  "), "ada");
  assert.equal(normalName("𝒜𝒹𝒶"), "ada");
  assert.equal(normalName("ab"), null);
  assert.equal(normalName("é".repeat(40)), "é".repeat(40));
  assert.equal(normalName("x".repeat(41)), null);
  await refuses(ada.crypto.signIn({ ...ada.credentials, name: " a " }), "bad-name");
});

test("every single wrong character of a card, and every two that changed places, is found", async () => {
  const words = ada.made.card.words;
  const plain = words.replace(/-/g, "");
  const good = readCardWords(words);
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
  let tried = 0;
  for (let at = 0; at < 33; at++) {
    for (const letter of alphabet) {
      if (letter === plain[at]) continue;
      assert.throws(() => readCardWords(plain.slice(0, at) + letter + plain.slice(at + 1)), { code: "bad-card" });
      tried++;
    }
    if (at < 32 && plain[at] !== plain[at + 1]) {
      assert.throws(() => readCardWords(plain.slice(0, at) + plain[at + 1] + plain[at] + plain.slice(at + 2)), { code: "bad-card" });
    }
  }
  assert.equal(tried, 33 * 36);
  assert.deepEqual(readCardWords(plain), good);
});

test("a card typed wrongly says which group to look at, where that can be known", async () => {
  const groups = ada.made.card.words.split("-");
  const typed = (change: (groups: string[]) => void): string => {
    const copy = [...groups];
    change(copy);
    return copy.join(" ");
  };
  const cases: [string, string][] = [
    [typed((g) => (g[2] = "12U4")), "group-3"],
    [typed((g) => (g[7] = g[7]!.slice(1))), "group-8"],
    [typed((g) => (g[0] += "7")), "group-1"],
    [typed((g) => g.splice(4, 1)), "length"],
    ["", "length"],
    ["?".repeat(33), "group-1"],
    [typed((g) => (g[8] = g[8] === "0" ? "2" : "0")), "check"],
  ];
  for (const [text, reason] of cases) await refuses(ada.crypto.readCard(text), "bad-card", reason);
});

test("a parked account comes back with its device key and no other", async () => {
  const key = (): Promise<CryptoKey> =>
    webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]) as Promise<CryptoKey>;
  const deviceKey = await key();
  const loose = await webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]) as CryptoKey;
  await refuses(ada.crypto.park(loose), "untrusted", "device-key");
  const parked = await ada.crypto.park(deviceKey);
  const crypto = await createKeyring();
  await crypto.unpark(parked, deviceKey);
  assert.deepEqual(await crypto.me(), await ada.crypto.me());
  await crypto.lock();
  await refuses(crypto.unpark(parked, await key()), "untrusted", "parked");
  await refuses(crypto.unpark(flipped(parked), deviceKey), "untrusted", "parked");
  await refuses(crypto.unpark(flipped(parked, 3), deviceKey), "untrusted", "parked");
  await refuses(crypto.unpark(parked.slice(0, 9), deviceKey), "untrusted", "malformed");
  assert.equal(await crypto.locked(), true);
  const late = crypto.unpark(parked, deviceKey);
  await crypto.lock();
  await refuses(late, "locked");
  assert.equal(await crypto.locked(), true);
});

test("locking wipes the root where it lay", async () => {
  const drawn: Bytes[] = [];
  const random = (count: number): Bytes => {
    drawn.push(randomBytes(count));
    return drawn[drawn.length - 1]!;
  };
  const crypto = await createKeyring({ random });
  await crypto.newAccount(ada.credentials);
  const root = drawn[0]!;
  assert.ok(root.length === 32 && root.some((byte) => byte !== 0));
  await crypto.lock();
  assert.ok(root.every((byte) => byte === 0));
});

test("locking leaves nothing that works", async () => {
  const zoe = await person("zoe");
  await zoe.crypto.lock();
  assert.equal(await zoe.crypto.locked(), true);
  const key = await webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]) as CryptoKey;
  const { crypto } = zoe;
  const room = newId();
  const needKeys: Promise<unknown>[] = [
    crypto.me(), crypto.park(key), crypto.newPassphrase({ ...zoe.credentials, counter: 1 }),
    crypto.newCard({ houseId: HOUSE, counter: 1 }), crypto.deletion({ houseId: HOUSE, counter: 1 }),
    crypto.newInvite({ name: "", words: "" }), crypto.foundSelf(), crypto.vaultKey("x"), crypto.sealVault({ name: "x", value: 1 }),
    crypto.sealLocal(utf8("x")), crypto.openLocal(utf8("x")), crypto.sealLabel({ session: room, label: "" }),
    crypto.trust({ room, kind: "bond", members: [zoe.id, ada.id], firstAuthor: zoe.id }),
    crypto.loadRoster({ room, links: [], identities: {} }),
  ];
  for (const work of needKeys) await refuses(work, "locked");
});

test("a person id is said in eight words, the same for the same keys only", async () => {
  const words = await ada.crypto.fingerprintWords(ada.id);
  assert.match(words, /^([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]( |$)){8}$/);
  assert.notEqual(words, await ada.crypto.fingerprintWords(bo.id));
  assert.equal(await ada.crypto.fingerprintWords("fwAAAQAAAAAAAAAAAAAAAA"), "lusab babad babab babab babab babab babab babab");
});
