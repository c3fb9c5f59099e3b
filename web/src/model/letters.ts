/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Letters never sent: kept in the self room like pages, sealed until a day, let go. Sending one is a slow road of its own:
// it begins, a day passes by the house's clock, and only then it can become a share.
//
// The house's time is what it said since this page was opened, carried on by a clock that nobody can turn. When it says
// nothing, no letter is sealed, opened or sent.

import { computed } from "@preact/signals";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Id } from "../lib/id";
import { toContent, voicesIn } from "./content";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Letter, type Letters, type LetterWords, type Log, type Ms, type Sending } from "./face";
import { madeFrom } from "./journal";
import type { Back, Outbox, Put } from "./outbox";
import { newestVoice, versionBacks, type Sharing } from "./sharing";
import type { Shelf, Standing, StandingSending, StandingVersion } from "./shelf";
import { nextDay } from "./thoughts";
import { versionsWith, type Things } from "./things";

export interface LettersDeps {
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  readonly things: Things;
  readonly sharing: Sharing;
  readonly log: (room: Id) => Pick<Log, "writable">;
}

/** What a letter waits on its road. */
const DAY_MS = 86_400_000;

type OpenWords = Pick<LetterWords, "to" | "text" | "voice">;

export function createLetters(core: Core, { outbox, shelf, things, sharing, log }: LettersDeps): Letters {
  // ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function whole(standing: Standing): Letter {
    const { id, at, versions, newest, shared } = standing;
    return {
      id,
      at,
      versions: versionsWith(versions, ({ letter }) => letter),
      newest: versionsWith(newest, ({ letter }) => letter),
      shared: sharing.readable(shared),
      sending: roadOf(standing),
    };
  }

  function roadOf({ sending }: Standing): Sending | null {
    const last = sending[sending.length - 1];
    if (last === undefined) return null;
    const began = last.place.is === "sent" ? last.at : last.at + core.offsetMs;
    return { room: last.room, began, ready: began + DAY_MS };
  }

  // ── The house's time ──────────────────────────────────────────────────────────────────────────────────────────────

  /** The house is asked unless what it said in this sitting is past T already. */
  async function houseTime(t: Ms): Promise<Ms> {
    const known = core.houseNow();
    if (known !== null && known >= t) return known;
    try {
      core.heardTime((await core.api.house()).now_ms);
    } catch (error) {
      if (known === null) throw error;
    }
    return core.houseNow()!;
  }

  async function mustBePast(t: Ms): Promise<Ms> {
    const now = await houseTime(t);
    if (now < t) throw tooEarly(t);
    return now;
  }

  // ── Sealing and opening ───────────────────────────────────────────────────────────────────────────────────────────

  const edit = (of: Id, after: readonly Id[], letter: LetterWords, id = core.newId()): Put & { readonly id: Id } =>
    ({ room: sharing.mine(), id, content: { kind: "edit", of, after, page: null, letter } });

  async function sealed(of: Id, version: StandingVersion, until: Ms): Promise<Put & { readonly id: Id }> {
    const { to, text, voice } = version.letter!;
    const id = core.newId();
    const bytes = await core.crypto.sealUntil({ entry: id, until, value: { text, voice } });
    return edit(of, [version.id], { to, text: "", voice: null, until, sealed: toBase64url(bytes), ...(voice && { sealedVoice: voice.voice }) }, id);
  }

  async function opened(of: Id, { id, letter }: StandingVersion, now: Ms): Promise<Put & { readonly id: Id }> {
    const { to, sealed: text } = letter!;
    const { value } = await core.crypto.openUntil({ entry: id, now, sealed: fromBase64url(text!) });
    const said = toContent({ v: 1, kind: "letter", letter: { ...(value as object), to } });
    if (said.kind !== "letter") throw new ModelFailure("untrusted");
    return edit(of, [id], { ...said.letter, until: null, sealed: null });
  }

  /** PUTS take the place of these VERSIONS, which go only once the house has them. */
  async function replace(standing: Standing, versions: readonly StandingVersion[], puts: readonly (Put & { readonly id: Id })[], more: readonly Back[] = []): Promise<void> {
    const kept = new Set(puts.flatMap(({ content }) => (content.kind === "edit" && content.letter !== null ? voicesIn(content.letter) : [])));
    const backs = versionBacks(sharing.mine(), standing, versions).map((back) => ({ ...back, voices: back.voices!.filter((voice) => !kept.has(voice)) }));
    const after = puts.map(({ id }) => id);
    await outbox.step(puts, [...backs, ...more].map((back) => ({ ...back, after: [...after, ...(back.after ?? [])] })));
  }

  const roadBack = ({ line }: StandingSending): Back => ({ room: sharing.mine(), id: line });

  /** It stands, and nothing of its newest words is sealed. */
  async function needOpen(id: Id): Promise<Standing> {
    const standing = await things.need(id, "letter");
    const shut = standing.newest.find(isSealed);
    if (shut !== undefined) throw tooEarly(shut.letter!.until ?? 0);
    return standing;
  }

  return {
    list: computed(() => shelf.kept.value.filter(({ kind }) => kind === "letter").sort((a, b) => b.at - a.at)),
    letter: createMemo((id) => computed(() => {
      const standing = things.standing(id).value;
      return standing?.kind === "letter" ? whole(standing) : null;
    })),
    write: (words) => core.act(() => outbox.write(sharing.mine(), { kind: "letter", letter: open(words) })),
    edit: (id, words, after) => core.act(async () => {
      const standing = await needOpen(id);
      return (await outbox.step([edit(id, madeFrom(standing, after), open(words))], []))[0]!;
    }),

    sealUntil: (id, until) => core.act(async () => {
      const standing = await needOpen(id);
      const tomorrow = nextDay(await houseTime(0));
      if (until < tomorrow) throw tooEarly(tomorrow);
      const puts = [];
      for (const version of standing.newest) puts.push(await sealed(id, version, Math.round(until)));
      await replace(standing, standing.versions.filter((one) => !isSealed(one)), puts, standing.sending.map(roadBack));
    }),

    open: (id) => core.act(async () => {
      const standing = await things.need(id, "letter");
      const shut = standing.versions.filter(isSealed);
      if (shut.length === 0) return;
      const now = await mustBePast(Math.min(...shut.map(({ letter }) => letter!.until ?? 0)));
      const due = shut.filter(({ letter }) => (letter!.until ?? 0) <= now);
      const puts = [];
      for (const version of due) puts.push(await opened(id, version, now));
      await replace(standing, due, puts);
    }),

    letGo: (id) => core.act(() => sharing.letGo(id)),

    beginSending: (id, room) => core.act(async () => {
      const standing = await needOpen(id);
      if (!log(room).writable.peek()) throw new ModelFailure("room-ended");
      await outbox.step([{ room: sharing.mine(), content: { kind: "sending", of: id, room } }], standing.sending.map(roadBack));
    }),
    stopSending: (id) => core.act(async () => {
      const { sending } = await things.need(id, "letter");
      if (sending.length > 0) await outbox.step([], sending.map(roadBack));
    }),
    send: (id, { wish, text }) => core.act(async () => {
      const standing = await needOpen(id);
      const road = roadOf(standing);
      if (road === null) throw new ModelFailure("gone");
      // The day begins when the house has heard of it.
      const heard = standing.sending[standing.sending.length - 1]!.place.is === "sent";
      if (!heard) throw tooEarly((await houseTime(0)) + DAY_MS);
      await mustBePast(road.ready);
      const [share] = await sharing.open(id, [road.room], { text, wish, checkin: null, voice: newestVoice(standing) }, standing.sending.map(roadBack));
      return share!;
    }),
  };
}

const open = ({ to, text, voice }: OpenWords): LetterWords => ({ to, text, voice, until: null, sealed: null });

const isSealed = ({ letter }: StandingVersion): boolean => letter !== null && letter.sealed !== null;

const tooEarly = (t: Ms): ModelFailure => new ModelFailure("too-early", null, String(t));
