// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole face of beside's encryption. Everything that is sealed, opened, signed or checked goes through `Crypto`;
// no other layer holds a key. docs/CRYPTO.md has the bytes, docs/THREATS.md what they are worth.
//
// One `Crypto` is one person on one device. It is locked at first. newAccount, unpark, or signIn/readCard followed by
// openWrap unlock it; lock() wipes it. What it learns of rooms (trust, rosters, envelopes) lives in its memory only and
// is told again after each unlock, in this order: trust, loadRoster, loadEnvelopes; then entries open.
//
// Two things implement it: `createKeyring()` (keyring.ts) does the work, in a worker or in Node; `connectCrypto()`
// (remote.ts) is the main thread's end of that worker. No key crosses between them, save what must be shown or kept: the
// secret of an invite that goes into its link, the words of a recovery card, and a voice note's key, which is part of what
// its entry says.
//
// Whoever feeds this is not trusted: every argument that came from the server is judged here, and what fails throws
// CryptoError "untrusted" and leaves the state as it was. Whatever failed is never shown as a person's words.
//
// What it cannot do for whoever calls it:
//   - keep, in the vault, each room's Trust and newest RosterMark, and give them again;
//   - refuse a vault item older than one this device has seen;
//   - take the people of a room from its roster, never from what the house says of it;
//   - after "unknown-epoch", load once and try once, then treat it as "untrusted": a forged epoch must not make it loop;
//   - treat names and words as text by anybody, of any length and direction.
//
// Not for: ordering and gaps of a log (log.ts, pure), fetching, storing, or the meaning of entries.

import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { EnvelopeFrame } from "../lib/frames";

export type { Bytes } from "../lib/bytes";
export type { Id } from "../lib/id";

// ── Errors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type CryptoCode =
  | "bad-name"        // a sign-in name of fewer than 3 or more than 40 characters
  | "bad-passphrase"  // the wrap did not open with this passphrase (after the house said yes to it: the wrap was altered)
  | "bad-card"        // mistyped, or not this account's card; the reason says where: "group-1" … "group-8", "length",
                      // "check" (well-formed but a character is wrong somewhere), "wrap" (does not open)
  | "untrusted"       // a check failed; the reason names the check
  | "unknown-epoch"   // no verified link, or no envelope, for this room and epoch yet: load them and try again
  | "locked"
  | "too-early"       // sealed until a day that has not come
  | "too-long";       // what was to be sealed does not fit its limit

/** Carries no content and no key, so that it may be logged. */
export class CryptoError extends Error {
  override readonly name = "CryptoError";

  constructor(
    readonly code: CryptoCode,
    /** A short fixed word, e.g. "link-signature"; "" where the code says it all. */
    readonly reason: string = "",
  ) {
    super(reason === "" ? code : `${code}: ${reason}`);
  }
}

// ── Account ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What identifies a passphrase: the house it is for, the sign-in name (never sent), and the passphrase. */
export interface Credentials {
  readonly houseId: Id;
  readonly name: string;
  readonly passphrase: string;
}

export interface NewAccount {
  readonly personId: Id;
  readonly identity: Bytes;
  readonly loginId: Bytes;
  readonly loginSecret: Bytes;
  readonly wrapPassphrase: Bytes;
  readonly card: NewCard;
}

export interface NewCard {
  /** "ABCD-EFGH-…-C": eight groups of four and the check character. To be shown, never stored. */
  readonly words: string;
  readonly id: Id;
  readonly secret: Bytes;
  readonly wrap: Bytes;
}

export interface SignedPassphrase {
  readonly loginId: Bytes;
  readonly loginSecret: Bytes;
  readonly wrap: Bytes;
  readonly signature: Bytes;
}

export interface SignedCard extends NewCard {
  readonly signature: Bytes;
}

export interface Me {
  readonly personId: Id;
  readonly identity: Bytes;
  readonly selfRoom: Id;
}

interface AccountCrypto {
  /** Makes a root, keeps it unlocked inside, and returns what the house is to store. Takes about a second (Argon2id). */
  newAccount(credentials: Credentials): Promise<NewAccount>;

  /** First half of signing in: what the house asks for. The wrap key waits inside for openWrap. */
  signIn(credentials: Credentials): Promise<{ loginId: Bytes; loginSecret: Bytes }>;

  /** The same by recovery card. Takes spaces, hyphens, small letters, o for 0, i and l for 1. Throws "bad-card". */
  readCard(text: string): Promise<{ cardId: Id; cardSecret: Bytes }>;

  /** Second half: opens the wrap the house returned and unlocks; whoever was unlocked before is locked first, with all that
   *  was known of rooms. One try: after a failure begin again. */
  openWrap(given: { personId: Id; wrap: Bytes }): Promise<void>;

  /** The counter must be above the one the house holds; it is signed along, so that no old change can be put back. */
  newPassphrase(given: Credentials & { counter: number }): Promise<SignedPassphrase>;
  newCard(given: { houseId: Id; counter: number }): Promise<SignedCard>;
  deletion(given: { houseId: Id; counter: number }): Promise<{ signature: Bytes }>;

  me(): Promise<Me>;
  locked(): Promise<boolean>;

  /** Wipes every key from memory. Never fails. */
  lock(): Promise<void>;

  /** The root sealed under a key of this device, so that a reload does not lock. Worth as much as DEVICEKEY is, which must
   *  be AES-GCM and not extractable. */
  park(deviceKey: CryptoKey): Promise<Bytes>;
  unpark(parked: Bytes, deviceKey: CryptoKey): Promise<void>;

  /** Eight speakable five-letter words, the whole person id: two people who hear the same words have the same keys. */
  fingerprintWords(personId: Id): Promise<string>;
}

// ── Invites ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NewInvite {
  readonly id: Id;
  /** For the house: header `Beside-Invite`, and the body that makes the invite. */
  readonly auth: Bytes;
  readonly greeting: Bytes;
  /** Goes after `#` in the link as base64url, and into the inviter's vault. Never to the house. */
  readonly secret: Bytes;
}

/** How long what a circle says of itself may be, in bytes of UTF-8 as JSON writes them (a line break counts twice): so that a
 *  greeting holds it beside the inviter's own words. Longer: "too-long", with the reason "circle-name", "circle-purpose" or
 *  "circle-agreements"; "greeting" if the inviter's name and words are what is too long. */
export const CIRCLE_NAME_MAX_BYTES = 240;
export const CIRCLE_PURPOSE_MAX_BYTES = 1000;
export const CIRCLE_AGREEMENTS_MAX_BYTES = 3200;

/** What whoever is to come into a circle must know: how its roster begins, a link that it must contain, and what it says of itself. */
export interface CircleCard {
  readonly room: Id;
  readonly firstAuthor: Id;
  readonly mark: RosterMark;
  readonly name: string;
  readonly purpose: string;
  readonly agreements: string;
}

/** Someone whose identity came through an authenticated road; the person id is derived from the identity. */
export interface Introduced {
  readonly personId: Id;
  readonly identity: Bytes;
  /** What they want to be called. */
  readonly name: string;
}

interface InviteCrypto {
  newInvite(given: { name: string; words: string; circle?: CircleCard }): Promise<NewInvite>;

  /** What the house needs to hear about a link; works while locked. Also for steward and house invites. */
  openInvite(given: { secret: Bytes }): Promise<{ id: Id; auth: Bytes }>;

  /** Who invites, and with what words; works while locked. `from` (the house's word for the inviter) must agree. `circle`: what
   *  it leads into; null for a bond. */
  readGreeting(given: { secret: Bytes; greeting: Bytes; from?: Id | null }): Promise<Introduced & { words: string; circle: CircleCard | null }>;

  /** Founds the bond's room. Refuses a greeting that leads into a circle. BODY is the octet body of accept. The room is trusted from here on; put it in the vault
   *  as well. Its roster and envelopes are loaded from the house like any other's. */
  acceptInvite(given: {
    secret: Bytes;
    greeting: Bytes;
    name: string;
    from?: Id | null;
  }): Promise<Introduced & { body: Bytes; room: Id }>;

  /** The inviter's side: who answered, for the one room the answer names. After it: trust({room, kind: "bond", members:
   *  [me, personId], firstAuthor: personId}). In a circle any member who knows the secret reads it; then INVITER says whose
   *  invite it was. */
  readAnswer(given: { secret: Bytes; room: Id; answer: Bytes; inviter?: Id }): Promise<Introduced>;

  /** Answers an invite into a circle: the octets that knock. Refuses a greeting without a circle. The circle's room can be
   *  trusted from here on: trust({room, kind: "circle", members: [firstAuthor], firstAuthor}), and the card's mark as `known`. */
  answerCircle(given: { secret: Bytes; greeting: Bytes; name: string; from?: Id | null }): Promise<{ answer: Bytes; circle: CircleCard; from: Introduced }>;
}

// ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type RoomKind = "self" | "bond" | "circle" | "talk";

/** What is known of a room from an authenticated source: the vault, an answered invite, one's own founding. */
export interface Trust {
  readonly room: Id;
  readonly kind: RoomKind;
  /** Members of the first epoch, in any order; me among them, but in a circle, which begins with its founder alone. */
  readonly members: readonly Id[];
  readonly firstAuthor: Id;
}

/** The newest epoch seen of a room and the hash of its link. Keep it in the vault: it is what refuses a rollback. */
export interface RosterMark {
  readonly epoch: number;
  readonly hash: Bytes;
}

export interface Roster extends RosterMark {
  readonly members: readonly Id[];
}

/** An entry's JSON. `prev` is the author's previous entry in this room as this device knows it, or "". */
export interface EntryContent {
  readonly prev: Id | "";
  readonly [field: string]: unknown;
}

/** What a box is for and where it stands: bound in, so that it cannot be carried elsewhere. */
export interface BoxPlace {
  /** aside: inside the entry ID. request: asking to be let into a circle; ID is the asking person. answer: a keeper's answer to
   *  that; ID is the asking person. */
  readonly purpose: "aside" | "request" | "answer";
  readonly room: Id;
  readonly id: Id;
  readonly author: Id;
}

/** An entry as a frame tells it. */
export interface SealedEntry {
  readonly room: Id;
  readonly id: Id;
  readonly author: Id;
  readonly body: Bytes;
}

export interface Revealed {
  /** The JSON, byte for byte as its author sealed it. */
  readonly plaintext: Bytes;
  readonly commitKey: Bytes;
}

interface RoomCrypto {
  /** The room change that founds my self room. Always the same room; trust is built in. */
  foundSelf(): Promise<{ room: Id; change: Bytes }>;

  /** Throws "untrusted" if something else was said about this room before. My self room needs none, nor does a room
   *  whose first link I signed. */
  trust(trust: Trust): Promise<void>;

  /** Verifies LINKS, which begin at epoch 1 or right after what is loaded. IDENTITIES: of every author and member not
   *  met before; in a circle leave out those of people the house has none of: a member's is missed only by roll and
   *  changeMembers, which seal to them, and an author's only where no later link vouches (their envelopes stay closed). KNOWN: the mark kept in the vault; a chain that lacks it is refused. All or nothing. */
  loadRoster(given: {
    room: Id;
    links: readonly Bytes[];
    identities: Readonly<Record<Id, Bytes>>;
    known?: RosterMark;
  }): Promise<Roster>;

  /** Opens my envelopes of this room. All good ones are kept even if one fails; then the first failure is thrown. */
  loadEnvelopes(given: { room: Id; envelopes: readonly EnvelopeFrame[] }): Promise<void>;

  /** A room change to the next epoch with the same members. Once the house took it, load the roster and envelopes. */
  roll(given: { room: Id }): Promise<Bytes>;

  /** The room change that founds a circle with me alone in it. Trust is built in. */
  foundCircle(): Promise<{ room: Id; change: Bytes }>;

  /** A circle's change to the next epoch with other members: ADD by their identities, REMOVE those (a keeper's will, or the house
   *  says that their account is gone), and those who left: each LEAVES must hold ("untrusted", reason "leave"), or they stay. Who
   *  is to go must be in the newest link ("not-member"), who is to come must not ("already-member"): one who left and knocks
   *  again is first taken out, then let in by a change of its own, so that the old leave is spent. Nobody removes themselves
   *  ("own-removal"). At most 24 members ("too-long", reason "members"). */
  changeMembers(given: {
    room: Id;
    add: readonly Bytes[];
    remove: readonly Id[];
    leaves: readonly { readonly person: Id; readonly leave: Bytes }[];
  }): Promise<Bytes>;

  /** My own leaving, signed: u32 epoch ‖ signature. It holds as long as I have been a member without a break since that epoch. */
  leave(given: { room: Id }): Promise<Bytes>;

  /** Seals under the newest epoch. CONTENT is sealed as JSON; at most 63,452 bytes of it. */
  sealEntry(given: { room: Id; id: Id; content: EntryContent }): Promise<{ body: Bytes; epoch: number }>;

  openEntry(entry: SealedEntry): Promise<EntryContent>;

  /** VALUE (not null; as JSON at most 8,192 bytes) sealed to these identities and to me, in one box that names none of them. Not signed: who made it is
   *  known by what carries it. */
  sealBox(given: { place: Omit<BoxPlace, "author">; to: readonly Bytes[]; value: unknown }): Promise<Bytes>;
  /** Null: not for me. Throws "untrusted" for what is no box. */
  openBox(given: { place: BoxPlace; box: Bytes }): Promise<unknown>;

  /** For what is delivered and never stored: sealed under the newest epoch; as JSON at most 400 bytes, always padded to one size. */
  sealSignal(given: { room: Id; value: unknown }): Promise<Bytes>;
  /** Judges that AUTHOR is a member and that BODY is of the newest epoch held ("unknown-epoch" for one beyond, "untrusted" for one
   *  before); what comes twice or late is the model's to judge. */
  openSignal(given: { room: Id; author: Id; body: Bytes }): Promise<unknown>;

  /** What a report of this entry shows the house. */
  reveal(entry: SealedEntry): Promise<Revealed>;

  /** Whether REVEALED is what AUTHOR sealed in BODY; the house's own check, without any key; works while locked. */
  verifyCommitment(given: SealedEntry & Revealed): Promise<boolean>;
}

// ── Vault and device ────────────────────────────────────────────────────────────────────────────────────────────────

interface VaultCrypto {
  /** The key under which the house keeps the vault item NAME. */
  vaultKey(name: string): Promise<Id>;
  sealVault(item: { name: string; value: unknown }): Promise<{ key: Id; body: Bytes }>;
  openVault(item: { key: Id; body: Bytes }): Promise<{ name: string; value: unknown }>;
}

interface LocalCrypto {
  /** For what this device keeps. PLACE, if given, must be the same on opening: bytes cannot be moved between places. */
  sealLocal(bytes: Bytes, place?: string): Promise<Bytes>;
  openLocal(bytes: Bytes, place?: string): Promise<Bytes>;

  /** A session's name for its owner ("Firefox on Android"). */
  sealLabel(given: { session: Id; label: string }): Promise<Bytes>;
  openLabel(given: { session: Id; body: Bytes }): Promise<string>;
}

// ── Voice notes, and letters sealed until a day ───────────────────────────────────────────────────────────────────────

/** 10 minutes of Opus are about 2.4 MB; a note may be longer or louder, not endless. */
export const VOICE_SOUND_MAX_BYTES = 16 << 20;

interface VoiceCrypto {
  /** Seals a whole recording under a key of its own: libsodium's secretstream, in chunks of one size, bound to ROOM and VOICE. */
  sealVoice(given: { room: Id; voice: Id; sound: Bytes }): Promise<{ key: Bytes; digest: Bytes; chunks: readonly Bytes[] }>;

  /** Begins to open one; chunks follow in order. The handle lives until the last chunk, a refused one, closeVoice or lock; of
   *  more than eight the oldest is closed. Then "untrusted", reason "voice-closed". */
  openVoice(given: { room: Id; voice: Id; key: Bytes; digest: Bytes }): Promise<number>;
  /** Throws "untrusted" for a chunk that is altered, out of place or of another note. LAST: the note ends with it; a note
   *  that ends without it was cut short. */
  openVoiceChunk(given: { handle: number; chunk: Bytes }): Promise<{ sound: Bytes; last: boolean }>;
  closeVoice(handle: number): Promise<void>;
}

interface LetterCrypto {
  /** Seals VALUE under a fresh key, which is wrapped for this account together with UNTIL. ENTRY: the one that will hold it. As
   *  JSON it has at most 43,004 bytes, so that it fits there; else "too-long". */
  sealUntil(given: { entry: Id; until: number; value: unknown }): Promise<Bytes>;
  /** Refuses with "too-early" while NOW (the house's time, ms) is before the time it was sealed until; the time is bound inside,
   *  so that UNTIL cannot be told differently. What it is worth: this program keeps its word; another one that has the
   *  account's keys would not have to (THREATS.md). */
  openUntil(given: { entry: Id; now: number; sealed: Bytes }): Promise<{ until: number; value: unknown }>;
}

export interface Crypto extends AccountCrypto, InviteCrypto, RoomCrypto, VaultCrypto, LocalCrypto, VoiceCrypto, LetterCrypto {}
