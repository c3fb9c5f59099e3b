// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing acknowledged is ever lost: killed at random moments (KILLS, 100), a disk that fills, a database that goes away.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { run, until } from "../children";
import { BESIDE, openHouse, sweepUp, type House } from "../harness";
import { Member, newMember } from "../member";
import { startPostgres } from "../postgres";
import { nothingIsLost, Writer } from "../writer";

const KILLS = Number(process.env.KILLS ?? 100);

after(sweepUp);

/** Two people and their bond; each writes through two connections. */
async function writersIn(house: House, fetch = globalThis.fetch): Promise<{ people: Member[]; writers: Writer[] }> {
  const ada = await newMember(house, fetch, "ada", "steward");
  const ben = await newMember(house, fetch, "ben");
  const room = await ben.bondWith(ada);
  return { people: [ada, ben], writers: [ada, ada, ben, ben].map((who) => new Writer(who, room, 10)) };
}

const acknowledged = (writers: Writer[]) => writers.reduce((sum, { kept }) => sum + kept.size, 0);

test(`killed ${KILLS} times while people write, the house has all it acknowledged, in order, once`, { timeout: KILLS * 5000 }, async () => {
  const house = await openHouse({ store: "sqlite" });
  const { writers } = await writersIn(house);
  for (let i = 1; i <= KILLS; i++) {
    const before = acknowledged(writers);
    writers.forEach((writer) => writer.start());
    await sleep(20 + Math.random() * 200);
    while (acknowledged(writers) === before) await sleep(5);
    await house.end("SIGKILL");
    await Promise.all(writers.map((writer) => writer.stop()));
    await house.open();
    if (i % 20 === 0) await nothingIsLost(writers);
  }
  await house.check();
  const lines = await nothingIsLost(writers);
  assert.ok(lines >= KILLS, `${lines} lines after ${KILLS} kills`);
  await house.close();
});

/** A disk of its own for the house, of a few MiB, seen by nobody else. */
const smallDisk = (folder: string) => ["unshare", ...(process.getuid?.() === 0 ? ["-m"] : ["-Urm"]), "sh", "-c", `mount -t tmpfs -o size=6m tmpfs ${folder} && exec "$@"`, "sh"];

test("a full disk is said clearly, loses nothing that was acknowledged, and once there is room the house goes on", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "beside-disk-"));
  const house = await openHouse({ store: "sqlite", folder, inside: smallDisk(folder) });
  // The commands of beside must see the same disk, so they are run where the server runs.
  const there = (...words: string[]) => run("nsenter", ["-t", String(house.pid()), ...(process.getuid?.() === 0 ? ["-m"] : ["-U", "--preserve-credentials", "-m"]), "--", ...words]);
  const invite = async (kind: string) => (await there(BESIDE, "admin", "invite", kind, "--data", folder, "--url", house.origin)).match(/http\S+/)?.[0] ?? "";
  const ada = await (await Member.at(house.origin, fetch)).arrive(await invite("steward"), "ada");
  const ben = await (await Member.at(house.origin, fetch)).arrive(await invite("house"), "ben");
  const room = await ben.bondWith(ada);
  const writers = [ada, ben].map((who) => new Writer(who, room));
  for (let i = 0; i < 20; i++) for (const writer of writers) await writer.once();
  await there("sh", "-c", `cat /dev/zero > ${folder}/filler || true`).catch(() => undefined);
  await until("the house says that its disk is full", async () => {
    for (const writer of writers) await writer.once();
    return writers.some(({ refused }) => refused.has("store-full"));
  }, 60_000, 0);
  assert.equal((await ada.call("GET", `/api/rooms/${room}/entries`)).status, 200, "reading goes on");
  await there("rm", `${folder}/filler`);
  const before = acknowledged(writers);
  await until("the house writes again", async () => {
    for (const writer of writers) await writer.once();
    return acknowledged(writers) > before + 4;
  }, 30_000, 0);
  await nothingIsLost(writers);
  assert.ok(house.running());
  await house.close();
});

test("a database that goes away is said clearly, loses nothing, and when it is back the house goes on by itself", { timeout: 180_000 }, async () => {
  const pg = await startPostgres();
  const house = await openHouse({ store: "postgres", database: await pg.newDatabase() });
  const { people, writers } = await writersIn(house);
  for (let round = 0; round < 5; round++) {
    writers.forEach((writer) => writer.start());
    await sleep(300);
    await pg.crash();
    await sleep(300);
    await Promise.all(writers.map((writer) => writer.stop()));
    const [ada] = people;
    const reply = await ada?.call("GET", "/api/rooms");
    assert.ok(reply && reply.status >= 500 && ["store", "busy"].includes(reply.code), `a problem document while it is away: ${reply?.status} ${reply?.code}`);
    assert.equal((await fetch(`${house.origin}/api/health`)).status, reply.status, "health says the same");
    await pg.comeBack();
    await until("the house is well again", async () => (await fetch(`${house.origin}/api/health`)).ok, 30_000, 100);
    const before = acknowledged(writers);
    for (const writer of writers) await writer.once();
    assert.ok(acknowledged(writers) > before, "it takes words again without being started anew");
  }
  const known = ["store", "busy", "unknown-fate"];
  for (const { refused } of writers) for (const code of refused.keys()) assert.ok(known.includes(code), code);
  await nothingIsLost(writers);
  await house.close();
  await pg.stop();
});
