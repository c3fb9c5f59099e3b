/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Rooms as a person meets them: one Log each, with what stands in it, what is on its way, and all that can be said there.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Aside, type Content, type Line, type Log, type Ms, type RoomKind, type Rooms, type VoiceNote } from "./face";
import type { Drafts } from "./face";
import type { Keys } from "./keys";
import { makeLines, wishOver } from "./lines";
import type { Logs, Seen } from "./logs";
import type { Back, Outbox } from "./outbox";
import type { PeopleNoun } from "./people";
import { hiddenThoughts } from "./thoughts";
import type { Vault } from "./vault";
import type { VoicesNoun } from "./voices";

export interface RoomsDeps {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly logs: Logs;
  readonly outbox: Outbox;
  readonly people: PeopleNoun;
  readonly drafts: Drafts;
  readonly voices: Pick<VoicesNoun, "toRecording" | "drop">;
  readonly quiet: ReadonlySignal<{ readonly from: number; readonly to: number } | null>;
  readonly selfRoom: ReadonlySignal<Id | null>;
  /** My records that this entry carries something of mine: they go when it goes. */
  readonly recordsOf: (room: Id, entry: Id) => Promise<readonly Back[]>;
  readonly circles: InCircles;
}

/** What a log needs to know of circles. All of these read signals. */
export interface InCircles {
  is(room: Id): boolean;
  isAlive(room: Id): boolean;
  /** Said before this, it has faded here. */
  fadedBefore(room: Id): Ms | null;
  blocks(person: Id): boolean;
  aside(room: Id, to: Id, said: Aside): Promise<Id>;
}

export interface RoomsNoun extends Rooms {
  clear(): void;
}

/** The seq up to which I have read a room, on whichever device. Reads a signal. */
export function readUpTo(vault: Vault, room: Id): number {
  const seq = vault.items.value.get(`read/${room}`)?.seq;
  return typeof seq === "number" ? seq : 0;
}

type EntryLine = Extract<Line, { is: "entry" }>;

export function createRooms(core: Core, deps: RoomsDeps): RoomsNoun {
  const { vault, keys, logs, outbox, people, drafts, voices, quiet, selfRoom, recordsOf, circles } = deps;
  const made = new Map<Id, Log>();

  function log(room: Id): Log {
    const known = made.get(room);
    if (known !== undefined) return known;
    const fresh = makeLog(room);
    made.set(room, fresh);
    return fresh;
  }

  function makeLog(room: Id): Log {
    const inner = logs.log(room);
    const kind = (): RoomKind => (room === selfRoom.value ? "self" : circles.is(room) ? "circle" : "bond");
    const bond = people.bond(room);
    const draft = `room:${room}`;

    const lines = computed<readonly Line[]>(() => {
      const state = core.state.value;
      if (state.is !== "open" || keys.untrusted.value.has(room)) return [];
      const seen = inner.seen.value;
      const waiting = outbox.waitingIn(room).value;
      const [thoughts, inCircle] = [hiddenThoughts(seen, state.me, quiet.value, core.offsetMs), circles.is(room)];
      const hidden = (one: Seen) => thoughts(one) || (inCircle && circles.blocks(one.author));
      const fadedBefore = inCircle ? circles.fadedBefore(room) : null;
      return makeLines({ me: state.me, kind: kind(), seen, waiting, offsetMs: core.offsetMs, before: core.clock.before, hidden, fadedBefore });
    });

    const writable = computed(() => {
      if (core.state.value.is !== "open" || keys.untrusted.value.has(room)) return false;
      if (circles.is(room)) return circles.isAlive(room);
      return kind() === "self" || (bond.value?.state === "alive" && !bond.value.blocked);
    });

    const find = (id: Id): EntryLine => {
      const line = lines.peek().find((one): one is EntryLine => one.is === "entry" && one.id === id);
      if (line === undefined) throw new ModelFailure("gone");
      return line;
    };

    const write: Outbox["write"] = (to, content) => core.act(async () => {
      if (!writable.peek()) throw new ModelFailure(core.isOpen() ? "room-ended" : "locked");
      return outbox.write(to, content);
    });

    /** In a circle the word is for the author alone. */
    const respondAside: Log["respond"] = (to, word) => core.act(async () => {
      const { author, mine } = find(to);
      if (mine) throw new ModelFailure("gone");
      return circles.aside(room, author, { kind: "response", to, word });
    });

    const takeBack = async (id: Id): Promise<void> => void (await outbox.step([], [{ room, id }, ...(await records(id))]));

    /** Only a share can carry something of mine. */
    async function records(id: Id): Promise<readonly Back[]> {
      const line = lines.peek().find((one): one is EntryLine => one.is === "entry" && one.id === id);
      return line?.content.kind === "share" ? recordsOf(room, id) : [];
    }

    /** The sound is a recording again before the entry goes. */
    async function discardSpoken(id: Id, voice: VoiceNote): Promise<void> {
      await voices.toRecording(draft, room, voice);
      try {
        await discard(id);
      } catch (error) {
        await voices.drop(draft);
        throw error;
      }
    }

    async function discard(id: Id): Promise<void> {
      const backs = await records(id);
      await outbox.discard(id);
      if (backs.length > 0) await outbox.step([], backs);
    }

    return {
      room,
      get kind() {
        return kind();
      },
      state: inner.progress,
      lines,
      hasOlder: inner.hasOlder,
      writable,
      wish: computed(() => {
        const share = wishOver(lines.value);
        return share?.content.kind === "share" ? { share: share.id, wish: share.content.wish } : null;
      }),
      loadOlder: () => inner.loadOlder(),
      share: ({ text, wish, checkin, voice, note }) => write(room, { kind: "share", text, wish, checkin: checkin ?? null, voice: voice ?? null, note: note ?? null }),
      reply: (to, text, voice) => write(room, { kind: "reply", to, text, voice: voice ?? null }),
      respond: (to, word) => (circles.is(room) ? respondAside(to, word) : write(room, { kind: "response", to, word })),
      undo: (id) => core.act(async () => {
        const { place } = findOrResponse(lines.peek(), id) ?? find(id);
        if (place.is === "sent" && (place.undoUntil === null || place.undoUntil <= core.clock.now())) throw new ModelFailure("gone");
        await takeBack(id);
      }),
      takeBack: (id) => core.act(() => takeBack(id)),
      toDraft: (id) => core.act(async () => {
        const { content } = find(id);
        if (!("text" in content)) throw new ModelFailure("gone");
        await (isSpoken(content) ? discardSpoken(id, content.voice) : discard(id));
        drafts.write(draft, content.kind === "share" ? { text: content.text, wish: content.wish } : { text: content.text });
      }),
      discard: (id) => core.act(() => discard(id)),
      markRead() {
        const high = inner.high();
        if (!core.isOpen() || high <= readUpTo(vault, room)) return;
        core.background(() => vault.set(`read/${room}`, { seq: high }, true));
      },
    };
  }

  return {
    log,
    self: computed(() => (core.state.value.is === "open" && selfRoom.value !== null ? log(selfRoom.value) : null)),
    clear: () => made.clear(),
  };
}

const isSpoken = (content: Content): content is Content & { readonly voice: VoiceNote } => "voice" in content && content.voice !== null;

/** A response is no line of its own; it is undone like an entry that was just sent. */
function findOrResponse(lines: readonly Line[], id: Id): Pick<EntryLine, "place"> | null {
  const on = lines.find((line) => line.is === "entry" && line.responses.some((one) => one.id === id && one.mine));
  return on === undefined ? null : { place: { is: "unsent", why: "turn" } };
}
