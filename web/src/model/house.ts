/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Puts the model together: every noun once, what each needs of the others, and the two moments that all of them share, the
// opening of the session and its close. See face.ts for what it all offers.

import { computed, signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import type { Id } from "../lib/id";
import { createAbout } from "./about";
import { createAsks } from "./asks";
import { createCalendar } from "./calendar";
import { createCare } from "./care";
import { createCarrying } from "./carrying";
import { keepFeed } from "./carrying_feed";
import { createCheckins } from "./checkins";
import { createCircles, type CirclesNoun } from "./circles";
import { createConnection, type Pulls } from "./connection";
import { shortName } from "./content";
import { createCore, type Core } from "./core";
import { createDrafts } from "./drafts";
import { createExporting } from "./exporting";
import type { House, Me, Plan } from "./face";
import { createGatherings, type GatheringsNoun } from "./gatherings";
import { createGiving } from "./giving";
import { createImporting } from "./importing";
import { createInvites } from "./invites";
import { createJournal } from "./journal";
import { createKeys } from "./keys";
import { createLetters } from "./letters";
import { createLogs } from "./logs";
import { createOutbox } from "./outbox";
import { createPeople } from "./people";
import type { Platform } from "./platform";
import { createPutAway } from "./putaway";
import { createRooms, readUpTo, type InCircles } from "./rooms";
import { createSafety } from "./safety";
import { createSession } from "./session";
import { createSettings } from "./settings";
import { createSharing, type Sharing } from "./sharing";
import { createShelf } from "./shelf";
import { createSignals } from "./signals";
import { createSittings, type Mate } from "./sittings";
import { createThings } from "./things";
import { createThoughts } from "./thoughts";
import { createToday } from "./today";
import { createVault, type Vault } from "./vault";
import { createVoiceRoad } from "./voice_road";
import { createVoices } from "./voices";

export type { Platform } from "./platform";

type Head = Schemas["Heads"]["rooms"][number];

export function createHouse(platform: Platform): House {
  const core = createCore(platform);
  const vault = createVault(core);
  const keys = createKeys(core, vault);
  const safety = createSafety(core);
  const logs = createLogs(core, keys, safety.blocked);
  const road = createVoiceRoad(core);
  const outbox = createOutbox(core, keys, logs, road);
  const settings = createSettings(core, vault);
  const about = createAbout(core);
  const putAway = createPutAway(core, vault);
  const drafts = createDrafts(core);
  const voices = createVoices(core, road);
  const selfRoom = signal<Id | null>(null);
  const readMark = (room: Id) => readUpTo(vault, room);

  const people = createPeople(core, { vault, keys, logs, outbox, blocked: safety.blocked, readUpTo: readMark });
  const me = createMe(core, vault, (name) => tellName(name));
  const invites = createInvites(core, vault, people, () => me.name.peek());
  // Rooms stand before circles, which are rooms with more to them.
  const inCircles: InCircles = {
    is: (room) => circles.is(room),
    isAlive: (room) => circles.isAlive(room),
    fadedBefore: (room) => circles.fadedBefore(room),
    blocks: (person) => circles.blocks(person),
    aside: (room, to, said) => circles.aside(room, to, said),
  };
  const rooms = createRooms(core, { vault, keys, logs, outbox, people, drafts, voices, quiet: settings.quiet, selfRoom, recordsOf: (room, entry) => sharing.recordsOf(room, entry), circles: inCircles });
  const circles: CirclesNoun = createCircles(core, { vault, keys, logs, outbox, invites, blocked: safety.blocked, readUpTo: readMark, cameIn });
  const heardSeen = computed(() => people.heard.value.map(({ room }) => ({ room, seen: logs.log(room).seen.value })));
  const thoughts = createThoughts(core, { outbox, putAway, log: rooms.log, quiet: settings.quiet, heard: heardSeen });
  const asks = createAsks(core, { outbox, putAway, heard: people.heard, log: rooms.log });
  const signals = createSignals(core, { keys, blocked: safety.blocked });
  const sittings = createSittings(core, { signals, log: rooms.log, mates });
  const gatherings: GatheringsNoun = createGatherings(core, {
    logs, outbox, signals, drafts, voices, rooms: circles.heard, nameOf: circles.nameOf, aside: circles.aside, erase: logs.erase,
    streaming: () => connection.state.peek().is === "live",
  });
  const calendar = createCalendar(core, vault);
  const carrying = createCarrying(core, { outbox, logs, log: rooms.log, blocked: safety.blocked, circles: inCircles });
  const stopFeed = keepFeed(core, { vault, calendar, plans });
  const shelf = createShelf(core, { keys, logs, outbox, selfRoom });
  const things = createThings(core, shelf);
  const sharing: Sharing = createSharing(core, { outbox, logs, shelf, things, self: rooms.self, log: rooms.log, copyVoice: voices.copy });
  const giving = createGiving(core, { outbox, shelf, mine: sharing.mine });
  const checkins = createCheckins(core, { outbox, sharing, things, self: rooms.self });
  const journal = createJournal(core, { outbox, shelf, things, sharing });
  const letters = createLetters(core, { outbox, shelf, things, sharing, log: rooms.log });
  const importing = createImporting(core, { outbox, shelf, mine: sharing.mine });
  const care = createCare(core, { kept: journal.kept, gifts: shelf.gifts, vault, settings, putAway });
  const today = createToday(core, { care, people, circles, asks, thoughts, checkins, soon: gatherings.soon, putAway, settings: settings.values, log: rooms.log, readUpTo: readMark });
  const exporting = createExporting(core, { people, circles, carried: carrying.lines, vault, shelf, voices, self: () => rooms.self.peek(), log: rooms.log, myName: () => me.name.peek() });

  /** Who besides me may be seen in a room, by the name that I see them under. */
  function mates(room: Id): readonly Mate[] {
    if (circles.is(room)) return circles.mates(room);
    return people.heard.value.filter((bond) => bond.room === room && bond.state === "alive").map(({ person, name }) => ({ person, name }));
  }

  /** In all my rooms. */
  function plans(far: boolean): readonly Plan[] {
    const all = [...people.heard.value.map(({ room }) => room), ...circles.heard.value];
    return all.flatMap((room) => (far ? carrying.plans(room) : carrying.plansHere(room)).value);
  }

  /** Whoever came into a circle cannot read what was sealed before: what matters still is said again. */
  async function cameIn(room: Id): Promise<void> {
    await gatherings.tellAgain(room);
  }

  async function tellName(name: string): Promise<void> {
    for (const { room, state } of people.bonds.peek()) if (state === "alive") await outbox.write(room, { kind: "name", name });
  }

  // ── What the house is asked ───────────────────────────────────────────────────────────────────────────────────────

  async function pullRooms(): Promise<void> {
    const heads = await core.api.rooms();
    if (!heads.some(({ id }) => id === selfRoom.peek())) await foundSelf();
    for (const head of heads) await pullRoom(head);
  }

  /** A room that cannot be trusted, or has not been settled, does not keep the others from being read. */
  async function pullRoom({ id, seq, kind }: Head): Promise<void> {
    if (kind === "circle" && !circles.isSettled(id)) return;
    if (kind === "bond" && !people.bonds.peek().some(({ room, state }) => room === id && (state === "alive" || state === "ended"))) return;
    await logs.pull(id, seq);
  }

  async function foundSelf(): Promise<void> {
    const { room, change } = await core.crypto.foundSelf();
    try {
      await core.api.foundRoom(room, change);
    } catch (error) {
      // Another device of mine was quicker: its founding is as good.
      if (!(error instanceof ApiProblem) || error.code !== "exists") throw error;
    }
  }

  async function pullBonds(): Promise<void> {
    await people.pull();
    throwIfFailed(people.state.peek());
    await pullCircles();
  }

  async function pullCircles(): Promise<void> {
    await circles.pull();
    await pullRooms();
  }

  const pulls: Pulls = {
    async all() {
      await vault.pull();
      await safety.pull();
      await pullBonds();
      await Promise.all([invites.pull(), session.pull(), session.pullSessions()]);
      throwIfFailed(invites.state.peek());
      throwIfFailed(session.sessionsState.peek());
      core.background(road.refresh);
      core.background(calendar.pull);
      core.background(gatherings.pull);
      await vault.flush();
    },
    entry: (frame) => logs.incoming(frame),
    rooms: pullBonds,
    bonds: pullBonds,
    async circles() {
      await pullCircles();
      core.background(gatherings.pull);
    },
    gathering: gatherings.heard,
    async invites() {
      await invites.pull();
      await pullBonds();
    },
    vault: () => vault.pull(),
    async sessions() {
      await session.pullSessions();
      core.tabs.tell({ news: "sessions" });
    },
    signal: signals.incoming,
    live() {
      signals.live();
      sittings.live();
    },
    leave() {
      outbox.kick();
      core.background(vault.flush);
    },
  };

  const connection = createConnection(core, pulls, outbox.unsent);

  // ── Opening and closing ───────────────────────────────────────────────────────────────────────────────────────────

  async function open(): Promise<void> {
    selfRoom.value = (await core.crypto.me()).selfRoom;
    await vault.load();
    await safety.load();
    await Promise.all([outbox.load(), voices.load(), people.load(), circles.load(), gatherings.load(), loadSelf()]);
    core.background(shelf.load);
    core.background(voices.tidy);
    connection.open();
    // A tab that does not lead pulls nothing by itself; these lists are not kept on the device.
    if (core.platform.locks !== undefined) core.background(() => Promise.all([invites.pull(), session.pullSessions(), road.refresh()]));
  }

  /** Fails only for want of its keys, before it was founded: then there is nothing in it. */
  async function loadSelf(): Promise<void> {
    await logs.load(selfRoom.peek()!);
  }

  function close(): void {
    connection.close();
    for (const noun of [giving, carrying, gatherings, calendar, sittings, signals, things, shelf, outbox, circles, people, invites, rooms, logs, keys, vault, safety, settings]) noun.clear();
    drafts.forget();
    voices.forget();
    selfRoom.value = null;
  }

  const session = createSession(core, {
    about,
    settings,
    prepare: drafts.load,
    open,
    close,
    begin: async ({ calledName, signInName }) => {
      await vault.set("me", { name: shortName(calledName), signInName });
      // Names and self room are with the house before the card is shown, so that the card alone finds them. If the house
      // cannot be reached just now, the first pull does both: the card must be shown whatever happens.
      await Promise.all([vault.flush(), foundSelf()]).catch(() => undefined);
    },
    accept: (invite) => invites.accept(invite),
    knock: (invite, name) => circles.knock(invite, name),
    saveSignInName: (signInName) => vault.set("me", { ...(vault.get("me") ?? {}), signInName }),
    savedSignInName: () => text(vault.get("me")?.signInName),
    pullVault: () => vault.pull(),
    keysRenewed: () => keys.forget(),
  });

  safety.onUnblock = async (person) => {
    const bond = people.bonds.peek().find((one) => one.person === person);
    for (const room of [...(bond === undefined ? [] : [bond.room]), ...circles.heard.peek()]) await logs.refetch(room);
  };

  core.tabs.hear((news) => {
    if (news.news === "device") core.background(() => settings.load());
    if (!core.isOpen()) return;
    if (news.news === "entries") core.background(() => logs.reload(news.room));
    if (news.news === "outbox") core.background(() => outbox.changed(news.ids));
    if (news.news === "vault") core.background(() => vault.load());
    if (news.news === "drafts") core.background(() => drafts.load());
    if (news.news === "recordings") core.background(() => voices.load());
    if (news.news === "facts") core.background(async () => (await safety.load(), await people.load(), circles.load()));
  });

  const ready = start();

  async function start(): Promise<void> {
    try {
      await settings.load();
      await about.restore();
      await session.start();
    } catch {
      // This browser stores nothing: nobody can be signed in here yet.
      core.state.value = { is: "none", why: "never" };
    }
  }

  return {
    session,
    me,
    people,
    invites,
    rooms,
    checkins,
    journal,
    letters,
    voices,
    importing,
    thoughts,
    asks,
    drafts,
    safety,
    settings,
    today,
    exporting,
    circles,
    gatherings,
    sittings,
    carrying,
    giving,
    calendar,
    about,
    connection,
    ready,
    async close() {
      await ready;
      await drafts.settled().catch(() => undefined);
      connection.close();
      connection.stop();
      settings.stop();
      people.stop();
      circles.stop();
      session.stop();
      stopFeed();
      gatherings.stop();
      sittings.clear();
      vault.clear();
      shelf.clear();
      outbox.clear();
      core.era += 1;
      core.clock.stop();
      core.tabs.close();
    },
  };
}

function createMe(core: Core, vault: Vault, tell: (name: string) => Promise<void>): Me {
  return {
    name: computed(() => text(vault.items.value.get("me")?.name)),
    setName: (name) => core.act(async () => {
      const short = shortName(name);
      await vault.set("me", { ...(vault.get("me") ?? {}), name: short });
      await tell(short);
    }),
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A noun shows its own failure to the views; whoever pulls all needs to know of it, too. */
function throwIfFailed(state: { readonly is: string; readonly failure?: Error }): void {
  if (state.failure !== undefined) throw state.failure;
}
