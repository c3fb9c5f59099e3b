// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing that a stranger sends may crash, hang or grow the house without a bound, nor make the others wait.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../children";
import { openHouse, sweepUp, type House } from "../harness";
import { newId, newMember, random, sealedEntry, type Member } from "../member";
import { open, say } from "../raw";

let house: House;
let ada: Member;
let ben: Member;
let room = "";

before(async () => {
  house = await openHouse({ store: "sqlite" });
  ada = await newMember(house, fetch, "ada", "steward");
  ben = await newMember(house, fetch, "ben");
  room = await ben.bondWith(ada);
});

after(sweepUp);

/** After each: the house stands, people are served at once, and it has not grown past a bound. */
afterEach(async () => {
  assert.ok(house.running(), `the house ended:\n${house.log().slice(-2000)}`);
  const began = performance.now();
  assert.equal((await ada.put(room, newId(), sealedEntry())).status, 201);
  assert.ok(performance.now() - began < 2000, "people do not wait");
  assert.ok(memoryMiB() < 160, `it holds ${memoryMiB()} MiB`);
});

function memoryMiB(): number {
  return Number(readFileSync(`/proc/${house.pid()}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/)?.[1] ?? 0) / 1024;
}

const head = (line: string, ...fields: string[]) => [line, `Host: 127.0.0.1:${house.port}`, `Origin: ${house.origin}`, `Cookie: ${ada.cookie}`, ...fields, "", ""].join("\r\n");
const entryHead = (...fields: string[]) => head(`PUT /api/rooms/${room}/entries/${newId()} HTTP/1.1`, "Content-Type: application/octet-stream", ...fields);
const isRefused = (status: number) => status === 0 || (status >= 400 && status < 500);

test("a body that is cut off is no entry", async () => {
  const { rooms } = (await ada.call("GET", "/api/rooms")).json();
  const seq = rooms.find(({ id }: { id: string }) => id === room).seq;
  for (let i = 0; i < 50; i++) await say(house.port, [entryHead("Content-Length: 1000"), random(500)], { hangUp: i % 2 === 0, limitMs: 50 });
  const now = (await ada.call("GET", "/api/rooms")).json().rooms.find(({ id }: { id: string }) => id === room).seq;
  assert.equal(now, seq);
});

test("lengths that lie and bodies in broken chunks are refused or dropped", async () => {
  for (const field of ["Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 12abc", "Content-Length: 0x10", "Content-Length:"])
    assert.ok(isRefused((await say(house.port, [entryHead(field), random(100)])).status), field);
  const chunked = entryHead("Transfer-Encoding: chunked");
  for (const chunk of ["zz\r\n", "ffffffffffffffff\r\n", "-1\r\n", "5\r\nabc", `${"0".repeat(5000)}5\r\nhello\r\n0\r\n\r\n`])
    assert.ok(isRefused((await say(house.port, [chunked, chunk], { limitMs: 500 })).status), chunk.slice(0, 20));
});

test("two lengths in one request do not let a second request hide in the first", async () => {
  const hidden = "GET /api/person HTTP/1.1\r\nHost: x\r\n\r\n";
  const reply = await say(house.port, [entryHead("Content-Length: 5", "Transfer-Encoding: chunked"), `0\r\n\r\n${hidden}`], { limitMs: 500 });
  assert.ok((reply.text.match(/HTTP\/1\.1 /g) ?? []).length <= 1 || !/"role"/.test(reply.text), "the hidden request is not answered as a person's");
});

test("ten megabytes are refused, on every kind of route, without being kept", async () => {
  const piece = random(1 << 16);
  const pieces = Array.from({ length: 160 }, () => piece);
  const bodies = [
    entryHead(`Content-Length: ${pieces.length * piece.length}`),
    head(`PUT /api/rooms/${room}/voice/${newId()}?n=0 HTTP/1.1`, "Content-Type: application/octet-stream", `Content-Length: ${pieces.length * piece.length}`),
    head("POST /api/session HTTP/1.1", "Content-Type: application/json", `Content-Length: ${pieces.length * piece.length}`),
    head(`PUT /api/vault/${newId()} HTTP/1.1`, "If-Match: 0", "Content-Type: application/octet-stream", `Content-Length: ${pieces.length * piece.length}`),
  ];
  for (const start of bodies) {
    const replies = await Promise.all(Array.from({ length: 8 }, () => say(house.port, [start, ...pieces], { limitMs: 8000 })));
    for (const { status } of replies) assert.ok(status === 413 || status === 0, String(status));
  }
  const endless = Array.from({ length: 160 }, () => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"]).flat();
  const reply = await say(house.port, [entryHead("Transfer-Encoding: chunked"), ...endless, "0\r\n\r\n"], { limitMs: 8000 });
  assert.ok(reply.status === 413 || reply.status === 0, String(reply.status));
});

test("JSON as deep as a body can be is refused", async () => {
  for (const text of ["[".repeat(16_000), '{"a":'.repeat(3_000), `${"[".repeat(7_000)}${"]".repeat(7_000)}`, `{"login_id":"${"\\u0000".repeat(2_000)}"}`]) {
    const reply = await ada.call("POST", "/api/session", { text });
    assert.deepEqual([reply.status, reply.code], [400, "bad-input"], text.slice(0, 12));
  }
});

test("ten thousand headers, one huge header and a huge path are refused", async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `X-${i}: ${i}`);
  assert.ok(isRefused((await say(house.port, head("GET /api/house HTTP/1.1", ...many))).status));
  assert.ok(isRefused((await say(house.port, head("GET /api/house HTTP/1.1", `X-Big: ${"x".repeat(1 << 20)}`))).status));
  assert.ok(isRefused((await say(house.port, head(`GET /${"a".repeat(1 << 20)} HTTP/1.1`))).status));
  assert.ok(isRefused((await say(house.port, head(`GET /api/rooms/${room}/entries?${"a=1&".repeat(100_000)} HTTP/1.1`))).status));
});

test("noise is no request", async () => {
  for (let i = 0; i < 200; i++) {
    const noise = i % 2 ? randomBytes(1 + (i * 37) % 3000) : Buffer.concat([Buffer.from(["GET ", "PUT /api/", "POST /api/session HTTP/1.1\r\n", "\r\n\r\n"][(i / 2) % 4] ?? ""), randomBytes(300)]);
    const { status } = await say(house.port, noise, { limitMs: 20 });
    assert.ok(isRefused(status), String(status));
  }
});

test("paths cannot climb out of the client's files", async () => {
  for (const path of ["/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/assets/..\\..\\etc\\passwd", "/a%00.js"]) {
    const { text } = await say(house.port, head(`GET ${path} HTTP/1.1`, "Connection: close"));
    assert.doesNotMatch(text, /root:/, path);
  }
});

test("many who write slower than they could do not keep the others waiting, and are let go in the end", { timeout: 180_000 }, async () => {
  const sockets = await Promise.all(Array.from({ length: 300 }, (_, i) => open(house.port, `127.0.1.${1 + (i % 200)}`)));
  const text = entryHead("Content-Length: 60000");
  let at = 0;
  const drip = setInterval(() => {
    for (const socket of sockets) socket.destroyed || socket.write(at < text.length ? (text[at] ?? "") : "x");
    at += 1;
  }, 400);
  const began = performance.now();
  for (let i = 0; i < 20; i++) assert.equal((await ada.put(room, newId(), sealedEntry())).status, 201);
  assert.ok(performance.now() - began < 4000, "twenty entries go through meanwhile");
  await until("the slow ones are let go", () => sockets.every((socket) => socket.destroyed || socket.readableEnded), 150_000, 250);
  clearInterval(drip);
  sockets.forEach((socket) => socket.destroy());
});

test("many who ask for much and read nothing do not grow the house or keep the others waiting", async () => {
  for (let i = 0; i < 30; i++) await ben.put(room, newId(), sealedEntry(1, 65536));
  const ask = head(`GET /api/rooms/${room}/entries?limit=500 HTTP/1.1`, "X-Forwarded-For: 2001:db8:ffff::1");
  const sockets = await Promise.all(Array.from({ length: 60 }, () => open(house.port)));
  for (const socket of sockets) {
    socket.pause();
    socket.write(ask + ask + ask);
  }
  await sleep(1500);
  const began = performance.now();
  assert.equal((await ada.call("GET", "/api/rooms")).status, 200);
  assert.ok(performance.now() - began < 1000);
  assert.ok(memoryMiB() < 160, `it holds ${memoryMiB()} MiB`);
  sockets.forEach((socket) => socket.destroy());
});

test("two thousand idle connections cost little, and there is room for people beside them", async () => {
  const before = memoryMiB();
  const sockets = [];
  for (let i = 0; i < 2000; i += 100) sockets.push(...(await Promise.all(Array.from({ length: 100 }, (_, k) => open(house.port, `127.0.2.${1 + ((i + k) % 200)}`)))));
  const began = performance.now();
  assert.equal((await ada.put(room, newId(), sealedEntry())).status, 201);
  assert.ok(performance.now() - began < 2000);
  assert.ok(memoryMiB() - before < 40, `they cost ${memoryMiB() - before} MiB`);
  sockets.forEach((socket) => socket.destroy());
});

test("who tries names and passphrases is told to wait, and for how long; others sign in", async () => {
  const codes = new Map<string, number>();
  for (let i = 0; i < 60; i++) {
    const reply = await ada.call("POST", "/api/session", { json: { login_id: random(32).toString(), login_secret: "x" }, headers: { "x-forwarded-for": "2001:db8:bad::1" } });
    codes.set(reply.code, (codes.get(reply.code) ?? 0) + 1);
    if (reply.status === 429) assert.ok(Number(reply.headers.get("retry-after")) > 0);
  }
  assert.ok((codes.get("slow-down") ?? 0) > 20, JSON.stringify([...codes]));
  const tablet = await ben.secondDevice();
  assert.ok(tablet.session);
});
