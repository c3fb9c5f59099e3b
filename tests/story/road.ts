// SPDX-License-Identifier: AGPL-3.0-or-later
// The road between a device and the house, for stories that need to look at what travels on it, hold it up, or have the
// house say another time than it is.
import type { Id } from "../../web/src/model/face";
import { arrive, bring, newDevice, type Device, type Person } from "../somebody";
import { here, theHouse } from "./place";

type Fetch = typeof globalThis.fetch;
type Bend = (go: () => Promise<Response>, asked: { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly body: unknown }) => Promise<Response>;

export interface Road {
  readonly fetch: Fetch;
  /** The sealed bytes of every entry that was sent, by its id. */
  readonly sent: ReadonlyMap<Id, Buffer>;
  /** How the road treats what comes; null: it lets it through. */
  bend(how: Bend | null): void;
  /** The house's time, as it is told on this road, minus what it is. */
  aheadMs: number;
}

const ENTRY = /\/entries\/([\w-]{22})$/;

export function newRoad(): Road {
  const sent = new Map<Id, Buffer>();
  let bent: Bend | null = null;
  const road: Road = {
    sent,
    aheadMs: 0,
    bend: (how) => void (bent = how),
    async fetch(input, init) {
      const { pathname: path, searchParams: query } = new URL(String(input));
      const method = init?.method ?? "GET";
      const entry = path.match(ENTRY)?.[1];
      if (method === "PUT" && entry !== undefined) sent.set(entry, Buffer.from(init?.body as Uint8Array));
      const go = () => fetch(input, init);
      const reply = await (bent === null ? go() : bent(go, { method, path, query, body: init?.body }));
      return road.aheadMs === 0 ? reply : later(reply, road.aheadMs);
    },
  };
  return road;
}

/** The same reply, said MS later. */
async function later(reply: Response, ms: number): Promise<Response> {
  if (!reply.headers.get("content-type")?.startsWith("application/json")) return reply;
  const said = (await reply.json()) as Record<string, unknown>;
  for (const key of ["now_ms", "time_ms"]) if (typeof said[key] === "number") said[key] += ms;
  return new Response(JSON.stringify(said), { status: reply.status, headers: reply.headers });
}

export const lost = (): Promise<never> => Promise.reject(new TypeError("cut"));

/** Somebody who comes by this road. */
export async function cameBy(road: Road, name: string): Promise<Person> {
  const house = await theHouse();
  return here(await arrive(house.origin, await house.invite("house"), name, undefined, { fetch: road.fetch }));
}

export interface Pair {
  readonly a: Person;
  readonly b: Person;
  readonly room: Id;
  readonly road: Road;
}

/** Two with a bond; the first comes by a road of the story's. */
export async function pair(first: string, second: string): Promise<Pair> {
  const road = newRoad();
  const a = await cameBy(road, first);
  const { newcomer, room } = await bring((await theHouse()).origin, a, second);
  return { a, b: here(newcomer), room, road };
}

/** Another device of the same person. */
export async function secondDevice(who: Person, road: Road = newRoad()): Promise<Device> {
  const device = here(await newDevice((await theHouse()).origin, { fetch: road.fetch }));
  await device.house.session.signIn({ signInName: who.signInName, passphrase: who.passphrase });
  return device;
}

/** The same browser, closed and opened again, and unlocked. */
export async function reopened(who: Person): Promise<Person> {
  const again = here(Object.assign(await who.reload(), { card: who.card, signInName: who.signInName, passphrase: who.passphrase }));
  if (again.house.session.state.value.is === "locked") await again.house.session.unlock(who.passphrase);
  return again;
}
