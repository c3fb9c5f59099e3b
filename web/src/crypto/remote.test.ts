// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { createKeyring } from "./keyring";
import type { Crypto } from "./face";
import { connectCrypto, type Line } from "./remote";
import { serveCrypto, type ServedLine } from "./serve";
import { HOUSE, newId, refuses } from "./test_kit";

interface Spawned {
  readonly crypto: Crypto;
  readonly lines: Line[];
  /** Everything that crossed to this side. */
  readonly crossed: unknown[];
}

/** A remote whose workers are keyrings behind a real message channel. */
function connected(): Spawned {
  const lines: Line[] = [];
  const crossed: unknown[] = [];
  const crypto = connectCrypto(() => {
    const { port1, port2 } = new MessageChannel();
    serveCrypto(port2 as unknown as ServedLine, createKeyring());
    port1.on("message", (message) => crossed.push(message));
    const line = Object.assign(port1, { terminate: () => port1.close() }) as unknown as Line;
    lines.push(line);
    return line;
  });
  return { crypto, lines, crossed };
}

const credentials = { houseId: HOUSE, name: "ada", passphrase: "pass" };

test("a keyring behind a worker answers as one at hand", async () => {
  const { crypto } = connected();
  const { personId, identity } = await crypto.newAccount(credentials);
  const me = await crypto.me();
  assert.deepEqual([me.personId, me.identity], [personId, identity]);
  assert.ok(me.identity instanceof Uint8Array);
  const items = await Promise.all(["a", "b", "c"].map((name) => crypto.sealVault({ name, value: name })));
  const values = await Promise.all(items.map((item) => crypto.openVault(item)));
  assert.deepEqual(values.map(({ value }) => value), ["a", "b", "c"]);
  await crypto.lock();
});

test("errors keep their code and reason, and carry nothing else", async () => {
  const { crypto, crossed } = connected();
  await refuses(crypto.me(), "locked");
  await refuses(crypto.readCard("abc"), "bad-card", "length");
  await refuses(crypto.openInvite({ secret: new Uint8Array(3) }), "untrusted", "invite-secret");
  await assert.rejects(crypto.openInvite(null as never), /^Error: crypto worker: TypeError$/);
  const failed = crossed.filter((message) => "failed" in (message as object)) as { failed: object }[];
  assert.equal(failed.length, 4);
  for (const { failed: failure } of failed) assert.deepEqual(Object.keys(failure), ["code", "reason"]);
  await crypto.lock();
});

test("locking ends the worker, what was under way fails as locked, and the next call meets a fresh one", async () => {
  const { crypto, lines } = connected();
  await crypto.newAccount(credentials);
  const sealed = await crypto.sealVault({ name: "x", value: 1 });
  await crypto.lock();
  assert.equal(await crypto.locked(), true);
  assert.equal(lines.length, 2);
  await refuses(crypto.openVault(sealed), "locked");
  const slow = crypto.newAccount(credentials);
  lines[1]!.onerror?.({} as ErrorEvent);
  await refuses(slow, "locked");
  assert.equal(await crypto.locked(), true);
  assert.equal(lines.length, 3);
  await crypto.lock();
  await crypto.lock();
});

test("voice notes cross whole, and leave the caller's own bytes where they are", async () => {
  const { crypto } = connected();
  await crypto.newAccount(credentials);
  const place = { room: newId(), voice: newId() };
  const sound = new Uint8Array(70_000).map((_, i) => i);
  const { key, digest, chunks } = await crypto.sealVoice({ ...place, sound });
  assert.deepEqual([sound.length, key.length, chunks.length], [70_000, 32, 3]);
  const handle = await crypto.openVoice({ ...place, key, digest });
  const heard: number[] = [];
  for (const chunk of chunks) {
    heard.push(...(await crypto.openVoiceChunk({ handle, chunk })).sound);
    assert.ok(chunk.length > 0);
  }
  assert.deepEqual(new Uint8Array(heard), sound);
  await refuses(crypto.openVoiceChunk({ handle, chunk: chunks[2]! }), "untrusted", "voice-closed");
  await crypto.lock();
});

test("only methods of the face can be called from outside", async () => {
  const sent: unknown[] = [];
  const line: ServedLine = { onmessage: null, postMessage: (message) => void sent.push(message) };
  serveCrypto(line, createKeyring());
  for (const method of ["constructor", "__proto__", "toString", "then"]) {
    line.onmessage!({ data: { number: 1, method, args: [] } } as MessageEvent);
  }
  await new Promise((done) => setTimeout(done, 200));
  assert.deepEqual(sent, Array(4).fill({ number: 1, failed: { code: null, reason: "TypeError" } }));
});

test("the remote offers exactly what the keyring does", async () => {
  const names = (crypto: Crypto): string[] => Object.keys(crypto).sort();
  assert.deepEqual(names(connected().crypto), names(await createKeyring()));
});

test("no root, no derived key and no room key crosses to the main thread", async () => {
  const drawn: Uint8Array<ArrayBuffer>[] = [];
  const { crypto, crossed } = (() => {
    const crossed: unknown[] = [];
    const made = connectCrypto(() => {
      const { port1, port2 } = new MessageChannel();
      const random = (count: number): Uint8Array<ArrayBuffer> => {
        const bytes = globalThis.crypto.getRandomValues(new Uint8Array(count));
        drawn.push(new Uint8Array(bytes));
        return bytes;
      };
      serveCrypto(port2 as unknown as ServedLine, createKeyring({ random }));
      port1.on("message", (message) => crossed.push(message));
      return Object.assign(port1, { terminate: () => port1.close() }) as unknown as Line;
    });
    return { crypto: made, crossed };
  })();
  await crypto.newAccount(credentials);
  const root = drawn[0]!;
  const before = drawn.length;
  const { room } = await crypto.foundSelf();
  const keys = [root, ...drawn.slice(before).filter((bytes) => bytes.length === 32 || bytes.length === 64)];
  await crypto.me();
  await crypto.sealVault({ name: room, value: newId() });
  const everything = Buffer.from(JSON.stringify(crossed, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value));
  assert.ok(keys.length >= 3);
  for (const key of keys) assert.equal(everything.indexOf(Buffer.from(key).toString("hex")), -1);
  await crypto.lock();
});

test("libsodium is imported in exactly one file", () => {
  const folder = join(__TOP__, "web/src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"));
  const users = files.filter((file) => readFileSync(join(folder, file), "utf8").includes('"libsodium'));
  assert.deepEqual(users, [join("crypto", "sodium.ts")]);
});

declare const __TOP__: string;
