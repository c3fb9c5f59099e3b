// SPDX-License-Identifier: AGPL-3.0-or-later
// ./start, as a newcomer types it (on another port, in another folder).
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accepts, endAll, freePort, start, until, type Child } from "../children";
import { TOP } from "../harness";
import { Member } from "../member";

after(endAll);

const type = (...words: string[]): Child => start("bash", ["./start", ...words], { cwd: TOP });

async function listens(port: number, child: Child, limitMs: number): Promise<void> {
  await until("./start listens", async () => {
    assert.ok(child.running(), `./start ended:\n${child.said()}`);
    return accepts(port);
  }, limitMs);
}

const linkIn = (text: string) => text.match(/http:\/\/127\.0\.0\.1:\d+\/join#[\w-]+/)?.[0];

test("./start gives a link for the first steward while there is none, and opens at once the second time", { timeout: 120_000 }, async () => {
  const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), "beside-start-"))];
  const words = ["--port", String(port), "--data", folder];
  const first = type(...words);
  await listens(port, first, 60_000);
  const link = await until("the link is printed", () => linkIn(first.said()));
  await (await Member.at(`http://127.0.0.1:${port}`, fetch)).arrive(link, "first");
  await first.end();
  assert.equal(await accepts(port), false, "Ctrl-C closes the house");

  const began = performance.now();
  const second = type(...words);
  await listens(port, second, 10_000);
  assert.ok(performance.now() - began < 2000, `it took ${Math.round(performance.now() - began)} ms`);
  await until("it says where it is", () => second.said().includes(`http://127.0.0.1:${port}`));
  await second.end();
  assert.equal(linkIn(second.said()), undefined, "there is a steward: no link");
  rmSync(folder, { recursive: true });
});

test("./start says what to do when the port is taken, and when it does not know a word", { timeout: 60_000 }, async () => {
  const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), "beside-start-"))];
  const first = type("--port", String(port), "--data", folder);
  await listens(port, first, 30_000);
  const second = type("--port", String(port), "--data", folder);
  assert.notEqual(await second.ended, 0);
  assert.match(second.said(), new RegExp(`port ${port}.*--port`, "s"));
  await first.end();
  const third = type("--sing");
  assert.notEqual(await third.ended, 0);
  assert.match(third.said(), /--help/);
  rmSync(folder, { recursive: true });
});

test("./start --demo opens a lived-in house, says how to sign in as two of its people, and sweeps up", { timeout: 180_000 }, async () => {
  const port = await freePort();
  const demo = type("--demo", "--port", String(port));
  const said = await until("the demo is furnished", () => (demo.running() ? /Ctrl-C closes/.test(demo.said()) && demo.said() : assert.fail(`it ended:\n${demo.said()}`)), 150_000, 100);
  const accounts = [...said.matchAll(/name:? +(\S+)\s+passphrase:? +(.+)$/gim)];
  assert.equal(accounts.length, 2, said);
  const folder = said.match(/(\/\S*beside-demo\.\w+)/)?.[1];
  assert.ok(folder && existsSync(folder), "it says where its data is");
  for (const [, name, passphrase] of accounts) {
    const person = await Member.at(`http://127.0.0.1:${port}`, fetch);
    const houseId = (await person.call("GET", "/api/house")).json().id as string;
    Object.assign(person, { houseId, name, passphrase: passphrase?.trim() });
    assert.ok((await person.signInByName()).status === 201, `${name} signs in`);
  }
  await demo.end();
  assert.equal(existsSync(folder), false, "nothing is left behind");
});
