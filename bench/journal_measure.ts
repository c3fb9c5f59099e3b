// SPDX-License-Identifier: AGPL-3.0-or-later
// What bench/journal.ts measures, the same in Node and in a browser: how long a long journal takes to be fetched, to be open
// again, and to answer.
import type { House } from "../web/src/model/face";
import { askedFor } from "./journal_words";

export interface Measured {
  /** Signed in on a new device, until the newest hundred stand on the list. */
  readonly newestMs: number;
  /** The same, until every entry was fetched, opened, judged, shown. */
  readonly firstMs: number;
  /** From the passphrase until the list stands; of that, deriving the key from the passphrase takes `deriveMs`. */
  readonly unlockMs: number;
  readonly deriveMs: number;
  /** The page opened anew, keys parked on the device, until the list stands. */
  readonly reopenMs: number;
  /** The first search after that, if nothing was fetched into memory before. */
  readonly firstSearchMs: number;
  /** For each of the fifty the middle one of three. */
  readonly searchMs: readonly number[];
  /** Words that were found nowhere: none, or the measure is void. */
  readonly unfound: number;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function until(wanted: () => boolean): Promise<void> {
  for (const start = Date.now(); !wanted(); await pause(5)) if (Date.now() - start > 300_000) throw new Error("this takes too long");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** OPEN makes the client anew on the same storage. The shelf is put down two seconds after its last change. */
export async function measured(open: () => House | Promise<House>, who: { name: string; passphrase: string }, entries: number): Promise<Measured> {
  const stands = (house: House) => until(() => house.journal.kept.value.length >= entries && house.journal.state.value.is === "ready");

  const first = await open();
  await first.ready;
  let newestMs = 0;
  const firstMs = await timed(async () => {
    const signedIn = performance.now();
    await first.session.signIn({ signInName: who.name, passphrase: who.passphrase });
    await until(() => first.journal.kept.value.length >= 100);
    newestMs = performance.now() - signedIn;
    await stands(first);
  });
  await first.journal.find({ words: "settled" });
  await pause(6_000);

  await first.session.lock();
  const unlockMs = await timed(async () => {
    await first.session.unlock(who.passphrase);
    await stands(first);
  });
  const deriveMs = await timed(() => first.session.changePassphrase({ current: "not this one", passphrase: "x", endOtherSessions: false }).catch(() => undefined));
  await first.close();

  const began = performance.now();
  const second = await open();
  await second.ready;
  await stands(second);
  const reopenMs = performance.now() - began;

  const firstSearchMs = await timed(() => second.journal.find({ words: askedFor[0]! }));
  const searchMs: number[] = [];
  let unfound = 0;
  for (const words of askedFor) {
    const tries: number[] = [];
    for (let n = 0; n < 3; n++) tries.push(await timed(async () => (unfound += (await second.journal.find({ words })).length === 0 ? 1 : 0)));
    searchMs.push(tries.sort((a, b) => a - b)[1]!);
  }
  await second.close();
  return { newestMs, firstMs, unlockMs, deriveMs, reopenMs, firstSearchMs, searchMs, unfound };
}
