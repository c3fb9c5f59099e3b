// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody with a device, in Node: the client as it is shipped (model, storage, encryption, API), with nothing in place of
// any part of it but the browser around it. Stories and the sample house are told by such people.
import "fake-indexeddb/auto";
import { randomBytes } from "node:crypto";
import { signal, type Signal } from "@preact/signals";
import { createJar } from "../web/src/api/jar";
import { createKeyring } from "../web/src/crypto/keyring";
import { openLocal } from "../web/src/local/local";
import { createHouse } from "../web/src/model/house";
import type { Bond, Card, House, Id } from "../web/src/model/face";
import { until } from "./children";

export interface Device {
  readonly house: House;
  /** Whether the device has a network: a test can pull it out. */
  readonly online: Signal<boolean>;
  /** The session's cookie, for looking at what a thief would hold. */
  cookie(): string;
  /** As if the browser was closed and opened again: memory is lost, storage is not. */
  reload(): Promise<Device>;
  close(): Promise<void>;
}

let devices = 0;

export interface DeviceOptions {
  /** May be one that holds every reply against the contract. */
  fetch?: typeof globalThis.fetch;
  /** Where this device's keys come from, for a test that must know them. */
  random?: (count: number) => Uint8Array<ArrayBuffer>;
}

const chance = (count: number) => new Uint8Array(randomBytes(count));

/** A browser that was never here before. */
export async function newDevice(origin: string, { fetch = globalThis.fetch, random = chance }: DeviceOptions = {}): Promise<Device> {
  const number = ++devices;
  const forwarded = `2001:db8:1:${number.toString(16)}::1`;
  const online = signal(true);
  // What a proxy on the house's machine adds; limits are for each address.
  const jar = createJar(origin, (input, init) => {
    if (!online.value) return Promise.reject(new TypeError("no network"));
    const headers = new Headers(init?.headers);
    headers.set("x-forwarded-for", forwarded);
    return fetch(input, { ...init, headers });
  });
  return boot(`device-${number}`, origin, jar, online, random);
}

async function boot(name: string, origin: string, jar: ReturnType<typeof createJar>, online: Signal<boolean>, random: typeof chance): Promise<Device> {
  const storage = openLocal(name);
  const house = createHouse({
    origin,
    fetch: jar.fetch,
    crypto: await createKeyring({ random }),
    storage,
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    randomBytes: random,
    online,
    deviceName: "Node, for a story",
  });
  await house.ready;
  const close = async () => {
    await house.close();
    await storage.close();
  };
  return { house, online, cookie: jar.cookie, close, reload: async () => (await close(), boot(name, origin, jar, online, random)) };
}

export interface Person extends Device {
  readonly card: Card;
  readonly signInName: string;
  readonly passphrase: string;
}

/** Arrives by a link; with a bond invite the bond is made too. */
export async function arrive(origin: string, link: string, calledName: string, passphrase = `a long passphrase of ${calledName}`, options: DeviceOptions = {}): Promise<Person> {
  const device = await newDevice(origin, options);
  const invite = await device.house.invites.open(link);
  const signInName = calledName.toLowerCase();
  const { card, bondFailure } = await device.house.session.arrive({ invite, signInName, calledName, passphrase, adult: true });
  if (bondFailure) throw bondFailure;
  return Object.assign(device, { card, signInName, passphrase });
}

const WEEK = 7 * 86_400_000;

export const linkFrom = async (who: Device, words = "come and talk when you like", forWhom = ""): Promise<string> =>
  (await who.house.invites.create({ words, forWhom, expires: Date.now() + WEEK })).link;

/** The living bond of A with whoever is called NAME; waits until keys are checked. */
export const bondOf = (a: Device, name: string): Promise<Bond> =>
  until(`a bond with ${name}`, () => a.house.people.bonds.value.find((bond) => bond.theirName === name && bond.state === "alive"), 20_000);

/** A newcomer comes by the link of someone who is here; both see the bond alive. */
export async function bring(origin: string, who: Person, calledName: string, words?: string): Promise<{ newcomer: Person; room: Id }> {
  const newcomer = await arrive(origin, await linkFrom(who, words, calledName), calledName);
  const bond = await bondOf(who, calledName);
  await bondOf(newcomer, who.house.me.name.value);
  return { newcomer, room: bond.room };
}

/** Two who are both here choose each other. */
export async function choose(a: Person, b: Person, words?: string): Promise<Id> {
  await b.house.invites.accept(await b.house.invites.open(await linkFrom(a, words, b.house.me.name.value)));
  const bond = await bondOf(a, b.house.me.name.value);
  await bondOf(b, a.house.me.name.value);
  return bond.room;
}

/** Until nothing of theirs is on its way. */
export const settled = (who: Device): Promise<boolean> => until("all words have left", () => !who.house.connection.unsent.value, 20_000);

/** What someone reads in a room: the texts of entries, oldest first. */
export function textsIn(who: Device, room: Id): string[] {
  return who.house.rooms.log(room).lines.value.flatMap((line) => (line.is === "entry" && "text" in line.content ? [line.content.text ?? ""] : []));
}

/** Waits until a person reads exactly this text in the room, and gives its entry's id. */
export const reads = (who: Device, room: Id, text: string): Promise<Id> =>
  until(`"${text}" is read`, () => who.house.rooms.log(room).lines.value.flatMap((line) => (line.is === "entry" && "text" in line.content && line.content.text === text && line.id ? [line.id] : []))[0], 20_000);
