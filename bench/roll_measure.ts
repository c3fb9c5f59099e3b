// SPDX-License-Identifier: AGPL-3.0-or-later
// What bench/roll.ts measures, the same in Node and in a browser: what a new key for a full circle costs who makes it, beside
// what sealing one entry costs.
import { accountOf } from "../web/src/crypto/account";
import type { Crypto } from "../web/src/crypto/face";
import { randomBytes, sodiumReady } from "../web/src/crypto/sodium";
import { Reader, type Bytes } from "../web/src/lib/bytes";
import { ID_BYTES, toId, type Id } from "../web/src/lib/id";

export interface Rolled {
  /** One taken out, one let in, 24 in the room before and after. Each a median, in milliseconds. */
  readonly changeMs: number;
  readonly sealMs: number;
  /** An entry that was asked to be sealed right after the change was: what somebody who writes would feel. */
  readonly behindMs: number;
  /** A member takes link and envelope in. */
  readonly takeMs: number;
  /** The longest time during one of them for which the thread that asked could do nothing else. */
  readonly pauseMs: number;
}

const MEMBERS = 24;
const RUNS = 50;

interface FullCircle {
  /** The next change, which lets in somebody new, and takes out who came last. To be taken, so that the next one can follow it. */
  change(coming: Stranger): Promise<Bytes>;
  take(change: Bytes): Promise<void>;
  seal(): Promise<unknown>;
}

interface Stranger {
  readonly id: Id;
  readonly identity: Bytes;
}

function stranger(): Stranger {
  const { identity } = accountOf(randomBytes(32));
  return { id: identity.personId, identity: identity.bytes };
}

/** A circle of 24, whose founder's keyring is CRYPTO. */
async function fullCircle(crypto: Crypto): Promise<FullCircle> {
  await sodiumReady();
  const made = await crypto.newAccount({ houseId: toId(randomBytes(ID_BYTES)), name: "somebody", passphrase: "a passphrase" });
  const { room, change } = await crypto.foundCircle();
  const take = async (bytes: Bytes): Promise<void> => {
    const { link, epoch, mine } = split(bytes, made.personId);
    await crypto.loadRoster({ room, links: [link], identities: {} });
    await crypto.loadEnvelopes({ room, envelopes: [{ epoch, author: made.personId, body: mine }] });
  };
  await take(change);
  const others = Array.from({ length: MEMBERS - 1 }, stranger);
  await take(await crypto.changeMembers({ room, add: others.map(({ identity }) => identity), remove: [], leaves: [] }));
  const next = (coming: Stranger): Promise<Bytes> => {
    const going = others.pop()!;
    others.push(coming);
    return crypto.changeMembers({ room, add: [coming.identity], remove: [going.id], leaves: [] });
  };
  const text = "words ".repeat(80);
  const seal = (): Promise<unknown> => crypto.sealEntry({ room, id: toId(randomBytes(ID_BYTES)), content: { prev: "", v: 1, kind: "share", text } });
  return { change: next, take, seal };
}

function split(change: Bytes, me: Id): { link: Bytes; epoch: number; mine: Bytes } {
  const reader = new Reader(change.subarray(1));
  const link = reader.bytes(reader.u16());
  const epoch = new Reader(link.subarray(18)).u32();
  for (let left = reader.u8(); left > 0; left--) {
    const member = toId(reader.bytes(ID_BYTES));
    const mine = reader.bytes(reader.u16());
    if (member === me) return { link, epoch, mine };
  }
  throw new Error("no envelope for who made it");
}

export async function measured(crypto: Crypto): Promise<Rolled> {
  const circle = await fullCircle(crypto);
  const coming = Array.from({ length: RUNS }, stranger);
  const times = { change: [] as number[], seal: [] as number[], behind: [] as number[], take: [] as number[], pause: [] as number[] };
  for (const one of coming) {
    times.seal.push(await timed(circle.seal));
    const pause = watchPauses();
    const began = performance.now();
    const since = (): number => performance.now() - began;
    const changing = circle.change(one);
    const behind = circle.seal().then(since);
    const change = await changing;
    times.change.push(since());
    times.behind.push(await behind);
    times.pause.push(pause());
    times.take.push(await timed(() => circle.take(change)));
    await new Promise((done) => setTimeout(done, 20));
  }
  const { change, seal, behind, take, pause } = times;
  return { changeMs: median(change), sealMs: median(seal), behindMs: median(behind), takeMs: median(take), pauseMs: median(pause) };
}

/** Ticks as often as it may; told to end, it says what the longest time between two ticks was. */
function watchPauses(): () => number {
  let longest = 0;
  let last = performance.now();
  let going = true;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) channel.port2.postMessage(0);
    else channel.port1.close();
  };
  channel.port2.postMessage(0);
  return () => {
    going = false;
    return Math.max(longest, performance.now() - last);
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
