// SPDX-License-Identifier: AGPL-3.0-or-later
// Two tabs of one browser: one storage, one cookie, one stream. Node has BroadcastChannel; its missing Web Locks are
// written out in their smallest form.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { createJar } from "../../web/src/api/jar";
import type { Locks } from "../../web/src/api/leader";
import { createKeyring } from "../../web/src/crypto/keyring";
import { openLocal } from "../../web/src/local/local";
import { createHouse } from "../../web/src/model/house";
import type { House } from "../../web/src/model/face";
import { until } from "../children";
import { bondOf, bring, reads, textsIn, type Device, type Person } from "../somebody";
import { here, somebody, theHouse } from "./place";

function oneBrowsersLocks(): Locks {
  let line: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal: left }: LockOptions, held: () => Promise<unknown> | undefined) => {
    const mine = line.then(() => {
      if (left?.aborted) throw new DOMException("left", "AbortError");
      return held();
    });
    line = mine.catch(() => undefined);
    return mine;
  };
  return { request } as unknown as Locks;
}

interface Browser {
  tab(): Promise<Device>;
  /** How often the stream was asked for. */
  streams(): number;
}

let browsers = 0;

/** FAST: how many times faster time runs in it. */
async function browser(origin: string, fast = 1): Promise<Browser> {
  const began = Date.now();
  const name = `browser-${++browsers}`;
  const locks = oneBrowsersLocks();
  let streams = 0;
  const jar = createJar(origin, (input, init) => {
    if (new URL(String(input)).pathname === "/api/stream") streams++;
    return fetch(input, init);
  });
  return {
    streams: () => streams,
    async tab() {
      const storage = openLocal(name);
      const online = signal(true);
      const house: House = createHouse({
        origin,
        fetch: jar.fetch,
        crypto: await createKeyring(),
        storage,
        now: () => began + (Date.now() - began) * fast,
        setTimeout: (run, ms) => setTimeout(run, ms / fast),
        clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
        randomBytes: (count) => new Uint8Array(randomBytes(count)),
        online,
        deviceName: "a tab",
        channel: new BroadcastChannel(name) as unknown as { postMessage(message: unknown): void; onmessage: ((event: MessageEvent) => void) | null; close(): void },
        locks,
      });
      await house.ready;
      const close = async () => (await house.close(), storage.close());
      return here({ house, online, cookie: jar.cookie, close, reload: () => assert.fail("tabs are closed, not reloaded") });
    },
  };
}

async function twoTabs(first: string, second: string, fast = 1): Promise<{ one: Device; two: Device; whole: Browser; owner: Person; other: Person; room: string }> {
  const { origin } = await theHouse();
  const owner = await somebody(first);
  const { newcomer, room } = await bring(origin, owner, second);
  const whole = await browser(origin, fast);
  const one = await whole.tab();
  await one.house.session.signIn({ signInName: owner.signInName, passphrase: owner.passphrase });
  await until("it is live", () => one.house.connection.state.value.is === "live");
  const two = await whole.tab();
  for (const tab of [one, two]) await bondOf(tab, second);
  return { one, two, whole, owner, other: here(newcomer), room };
}

test("a second tab is open at once, shares the one stream, and both see what comes and what goes", async () => {
  const { one, two, whole, other, room } = await twoTabs("Ada", "Boris");
  assert.equal(two.house.session.state.value.is, "open");
  await until("it hears that the first is live", () => two.house.connection.state.value.is === "live");
  await other.house.rooms.log(room).share({ text: "to both tabs", wish: "none" });
  for (const tab of [one, two]) await reads(tab, room, "to both tabs");
  await two.house.rooms.log(room).share({ text: "from the second", wish: "none" });
  await reads(other, room, "from the second");
  for (const tab of [one, two]) {
    await reads(tab, room, "from the second");
    await until("nothing waits", () => !tab.house.connection.unsent.value);
  }
  await two.house.settings.set({ theme: "dark" });
  await until("a setting is the same in both", () => one.house.settings.values.value.theme === "dark");
  two.house.drafts.write("checkin", { text: "half" });
  await until("a draft, too", () => one.house.drafts.read("checkin").value?.text === "half");
  assert.equal(whole.streams(), 1);
});

test("what is recorded in one tab waits in the other, too, and leaves by the one that sends", async () => {
  const { one, two, other, room } = await twoTabs("Eike", "Falk");
  const key = `room:${room}`;
  const sound = new Uint8Array(randomBytes(100_000));
  await two.house.voices.start(key, "audio/webm;codecs=opus");
  await two.house.voices.add(key, sound, 4000);
  const note = await two.house.voices.keep(key, room);
  await two.house.rooms.log(room).share({ text: "spoken in the second", wish: "none", voice: note });
  await until("the recording is known in the first", () => one.house.voices.recording(key).value !== null);
  await two.house.voices.drop(key);
  await until("it is gone there", () => one.house.voices.recording(key).value === null);
  await reads(other, room, "spoken in the second");
  for (const who of [one, other]) {
    const pieces: Uint8Array[] = [];
    for await (const piece of who.house.voices.play(room, note)) pieces.push(piece);
    assert.ok(Buffer.concat(pieces).equals(sound));
  }
});

test("when the leading tab goes, the other takes over what waits", async () => {
  const { one, two, other, room } = await twoTabs("Cyril", "Delia");
  await one.close();
  await two.house.rooms.log(room).share({ text: "still here", wish: "none" });
  await reads(other, room, "still here");
  await until("it is live", () => two.house.connection.state.value.is === "live");
  assert.deepEqual(textsIn(two, room), ["still here"]);
});

test("locking one locks all, unlocking one opens all, signing out empties all", async () => {
  const { one, two, owner, room, other } = await twoTabs("Eli", "Fee");
  await other.house.rooms.log(room).share({ text: "behind the lock", wish: "none" });
  for (const tab of [one, two]) await reads(tab, room, "behind the lock");
  one.house.drafts.write("checkin", { text: "written in the last moment" });
  await one.house.session.lock();
  await until("both are locked", () => two.house.session.state.value.is === "locked");
  assert.deepEqual(textsIn(two, room), []);
  await two.house.session.unlock(owner.passphrase);
  await until("both are open", () => one.house.session.state.value.is === "open");
  await until("words of the last moment are there", () => one.house.drafts.read("checkin").value?.text === "written in the last moment");
  for (const tab of [one, two]) await reads(tab, room, "behind the lock");
  await one.house.session.signOutAndWipe();
  await until("both are out", () => two.house.session.state.value.is === "none");
  assert.deepEqual(two.house.session.state.value, { is: "none", why: "signed-out" });
});

test("as long as somebody is at one tab, the other does not lock both; when nobody is, both lock", async () => {
  const { one, two } = await twoTabs("Imke", "Jost", 100);
  const states = () => [one, two].map((tab) => tab.house.session.state.value.is);
  await one.house.settings.set({ autoLockMinutes: 1 });
  await until("the second knows", () => two.house.settings.values.value.autoLockMinutes === 1);
  for (let i = 0; i < 20; i++) {
    one.house.session.touch();
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.deepEqual(states(), ["open", "open"], "more than three minutes");
  await until("both are locked", () => states().every((is) => is === "locked"));
});
