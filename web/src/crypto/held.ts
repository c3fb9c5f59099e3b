// SPDX-License-Identifier: AGPL-3.0-or-later
// What an unlocked keyring holds in memory, and the one way to be rid of it. Nothing here computes; the keyring's parts
// (keyring_*.ts) do.

import { fromId, type Id } from "../lib/id";
import type { Bytes } from "../lib/bytes";
import { accountOf, wipeAccount, type Account, type WrapKind } from "./account";
import { CryptoError, type Trust } from "./face";
import { readIdentityOf, type Identity } from "./identity";
import type { Link } from "./roster";
import { wipe, type Random } from "./sodium";
import type { VoiceReader } from "./voice";

export interface Platform {
  readonly random: Random;
  readonly now: () => number;
  readonly subtle: SubtleCrypto;
}

export interface HeldRoom {
  readonly trust: Trust;
  /** Verified, from epoch 1. */
  readonly chain: readonly Link[];
  readonly keys: Map<number, Bytes>;
}

/** A screen plays one note and may have the next one ready; more are forgotten ones. */
const VOICES_MAX = 8;

interface Pending {
  readonly kind: WrapKind;
  readonly key: Bytes;
}

export class Held {
  /** Goes up with every lock and unlock, so that slow work can tell that it came too late. */
  generation = 0;
  readonly rooms = new Map<Id, HeldRoom>();
  private readonly identities = new Map<Id, Identity>();
  private account: Account | null = null;
  private pending: Pending | null = null;
  /** Notes being opened, the oldest first. */
  private readonly voices = new Map<number, VoiceReader>();
  private lastVoice = 0;

  constructor(readonly platform: Platform) {}

  get locked(): boolean {
    return this.account === null;
  }

  get me(): Account {
    if (this.account === null) throw new CryptoError("locked");
    return this.account;
  }

  mustBeUnlocked(): void {
    void this.me;
  }

  /** Takes ROOT over; it is wiped with everything else. */
  unlock(root: Bytes): Account {
    this.lock();
    this.account = accountOf(root);
    this.identities.set(this.account.identity.personId, this.account.identity);
    return this.account;
  }

  lock(): void {
    this.generation++;
    this.dropPending();
    if (this.account !== null) wipeAccount(this.account);
    this.account = null;
    for (const room of this.rooms.values()) wipe(...room.keys.values());
    this.rooms.clear();
    this.identities.clear();
    for (const handle of [...this.voices.keys()]) this.closeVoice(handle);
  }

  /** Takes READER over and names it; no handle comes twice. */
  addVoice(reader: VoiceReader): number {
    const [oldest] = this.voices.keys();
    if (oldest !== undefined && this.voices.size === VOICES_MAX) this.closeVoice(oldest);
    this.voices.set(++this.lastVoice, reader);
    return this.lastVoice;
  }

  voice(handle: number): VoiceReader {
    const reader = this.voices.get(handle);
    if (reader === undefined) throw new CryptoError("untrusted", "voice-closed");
    return reader;
  }

  closeVoice(handle: number): void {
    this.voices.get(handle)?.close();
    this.voices.delete(handle);
  }

  /** A wrap key that waits for its wrap; an earlier one is wiped. */
  setPending(kind: WrapKind, key: Bytes): void {
    this.dropPending();
    this.pending = { kind, key };
  }

  /** Hands it over, once. The caller wipes it. */
  takePending(): Pending {
    if (this.pending === null) throw new CryptoError("locked", "sign-in-first");
    const taken = this.pending;
    this.pending = null;
    return taken;
  }

  private dropPending(): void {
    if (this.pending !== null) wipe(this.pending.key);
    this.pending = null;
  }

  hasMet(person: Id): boolean {
    return this.identities.has(person);
  }

  identity(person: Id): Identity {
    const identity = this.identities.get(person);
    if (identity === undefined) throw new CryptoError("untrusted", "identity-missing");
    return identity;
  }

  /** The first identity met under an id stays: nobody who found two for one id can change between them. */
  meet(identity: Identity): void {
    if (!this.identities.has(identity.personId)) this.identities.set(identity.personId, identity);
  }

  /** Identities as the server hands them out: each must hash to the person it is said to be. */
  meetAll(identities: Readonly<Record<Id, Bytes>>): void {
    const checked = Object.entries(identities).map(([person, bytes]) => readIdentityOf(person, bytes));
    checked.forEach((identity) => this.meet(identity));
  }

  room(id: Id): HeldRoom {
    fromId(id);
    const held = this.rooms.get(id);
    if (held === undefined) throw new CryptoError("unknown-epoch", "no-roster");
    return held;
  }
}
