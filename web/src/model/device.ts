/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What this device remembers of the session before anyone has typed a passphrase: who is signed in, the wrapped root, and
// (so that a reload does not lock) the parked root. Sealed under a key that the browser keeps to itself.

import { fromBase64url, toBase64url } from "../lib/base64url";
import { fromUtf8, utf8, type Bytes } from "../lib/bytes";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import type { GoneWhy, Ms, Role } from "./face";

export interface DeviceSession {
  readonly person: Id;
  readonly session: Id;
  readonly role: Role;
  readonly signInName: string;
  /** The root, wrapped under the passphrase as this device last knew it. */
  readonly wrap: string;
  readonly needsPassphrase: boolean;
}

export interface Device {
  session(): Promise<DeviceSession | null>;
  keepSession(session: DeviceSession): Promise<void>;
  /** Why nobody is signed in here any more. */
  gone(): Promise<GoneWhy>;
  park(): Promise<void>;
  unpark(): Promise<boolean>;
  forgetParked(): Promise<void>;
  touched(): Promise<Ms>;
  keepTouched(at: Ms): Promise<void>;
  /** Whether this browser stores at all; throws its error if not. Asked before anything is begun that needs it. */
  mustStore(): Promise<void>;
  /** Forgets the account and remembers why. Ended from elsewhere, or before it had a new passphrase, its unsent words stay,
      sealed, for whoever can open them: the same person, signing in again. */
  wipe(why: GoneWhy): Promise<void>;
  /** Someone signs in: what an account left here goes, unless it is theirs. */
  welcome(person: Id): Promise<void>;
}

export function createDevice({ local, crypto }: Pick<Core, "local" | "crypto">): Device {
  const { device } = local;
  const read = async (row: string): Promise<unknown> => {
    const bytes = await device.get(row);
    return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as unknown);
  };
  const write = (row: string, value: unknown) => device.put(row, utf8(JSON.stringify(value)));

  return {
    async session() {
      const held = (await read("session")) as DeviceSession | null;
      return held !== null && isId(held.person) && isId(held.session) ? held : null;
    },
    keepSession: (session) => write("session", session),
    gone: async () => ((await read("gone")) as GoneWhy | null) ?? "never",
    async park() {
      const parked = await crypto.park(await device.key());
      await write("parked", toBase64url(parked));
    },
    async unpark() {
      const parked = (await read("parked")) as string | null;
      if (parked === null) return false;
      try {
        await crypto.unpark(fromBase64url(parked) as Bytes, await device.key());
        return true;
      } catch {
        return false; // of another account, or cut short: the passphrase opens
      }
    },
    forgetParked: () => device.delete("parked"),
    touched: async () => Number((await read("touched")) ?? 0),
    keepTouched: (at) => write("touched", at),
    mustStore: () => write("stores", true),
    async wipe(why) {
      const stay = why === "ended-elsewhere" || why === "no-passphrase";
      const held = (await read("session")) as DeviceSession | null;
      // Another tab that was told of it earlier has written down whose they are.
      if (!stay || held !== null) await write("left", stay ? held!.person : null);
      await Promise.all(["session", "parked", "touched"].map((row) => device.delete(row)));
      await local.wipe(stay ? "read" : "account");
      await write("gone", why);
    },
    async welcome(person) {
      await local.wipe((await read("left")) === person ? "read" : "account");
      await device.delete("left");
    },
  };
}
