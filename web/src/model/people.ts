/* SPDX-License-Identifier: AGPL-3.0-or-later */
// People: my bonds, put together from what the house says (that they are, since when, whether they ended) and what only
// my vault says (who it is and by which keys); and people outside, of whom the house knows nothing.
//
// A bond of which the house speaks counts only once it is settled: by my own record from accepting, or by the answer that
// the other sealed with the secret of my link. What cannot be settled is shown as untrusted, without a name.

import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import { CryptoError } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Id } from "../lib/id";
import { createMemo, type Core } from "./core";
import { shortName } from "./content";
import type { Bond, Loading, Ms, OutsidePerson, OutsideRoad, People } from "./face";
import { recordOf, toRecord, type BondRecord, type Keys } from "./keys";
import type { Logs, Seen } from "./logs";
import type { Outbox } from "./outbox";
import type { Vault } from "./vault";

export type BondFact = Schemas["Bond"];

export interface PeopleNoun extends People {
  readonly facts: ReadonlySignal<readonly BondFact[]>;
  /** Bonds whose words may reach me: settled, not untrusted, not blocked; the ended ones too. */
  readonly heard: ReadonlySignal<readonly Bond[]>;
  /** What the house says now; settles what is new. */
  pull(): Promise<void>;
  /** What it said last, from this device. */
  load(): Promise<void>;
  remember(room: Id, record: BondRecord): Promise<void>;
  forget(room: Id): Promise<void>;
  clear(): void;
  stop(): void;
}

export interface PeopleDeps {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly logs: Logs;
  readonly outbox: Outbox;
  readonly blocked: ReadonlySignal<readonly Id[]>;
  readonly readUpTo: (room: Id) => number;
}

const FACT = "bonds";

export function createPeople(core: Core, { vault, keys, logs, outbox, blocked, readUpTo }: PeopleDeps): PeopleNoun {
  const facts = signal<readonly BondFact[]>([]);
  const unsettled = signal<ReadonlyMap<Id, "settling" | "untrusted">>(new Map());
  const state = signal<Loading>({ is: "idle" });

  // ── Settling ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async function settle(fact: BondFact): Promise<void> {
    const { room } = fact;
    if (recordOf(vault, room) === null) await vault.load(); // another tab may just have made it
    if (recordOf(vault, room) === null) await introduce(fact);
    await keys.ready(room);
  }

  /** Makes the record of a bond that this account has none of. */
  async function introduce(fact: BondFact): Promise<void> {
    if (fact.invite === undefined || fact.answer === undefined) return recover(fact);
    const secret = vault.get(`invite/${fact.invite}`)?.secret;
    if (typeof secret !== "string") throw new CryptoError("untrusted", "no-secret");
    const introduced = await core.crypto.readAnswer({ secret: fromBase64url(secret), room: fact.room, answer: fromBase64url(fact.answer) });
    if (introduced.personId !== fact.person) throw new CryptoError("untrusted", "answer-person");
    await remember(fact.room, {
      person: introduced.personId,
      identity: toBase64url(introduced.identity),
      founder: "them",
      name: shortName(introduced.name),
      nameSeq: 0,
      myNameForThem: null,
    });
  }

  /** I founded this room, so its first link carries my own signature: that, and nothing the house says, is the proof.
      Another of my devices may have the record, with the name in it; the vault is asked first. */
  async function recover(fact: BondFact): Promise<void> {
    await vault.pull();
    if (recordOf(vault, fact.room) !== null) return;
    await keys.ready(fact.room);
    const identity = await core.api.identity(fact.person);
    await remember(fact.room, { person: fact.person, identity: toBase64url(identity), founder: "me", name: "", nameSeq: 0, myNameForThem: null });
    keys.forget();
  }

  async function settleAll(): Promise<void> {
    const left = new Map<Id, "settling" | "untrusted">();
    for (const fact of facts.peek()) {
      try {
        await settle(fact);
      } catch (error) {
        if (!(error instanceof CryptoError) && !(error instanceof ApiProblem)) throw error;
        const failed = error instanceof CryptoError && error.code !== "locked";
        left.set(fact.room, failed ? "untrusted" : "settling");
      }
    }
    unsettled.value = left;
  }

  async function take(list: readonly BondFact[]): Promise<void> {
    facts.value = list;
    await settleAll();
    await Promise.all(list.filter(({ room }) => !unsettled.peek().has(room)).map(({ room }) => logs.load(room)));
    // What is on this device already is shown by now; what lies further back may come a moment later.
    for (const { room, ended_ms: ended } of list) if (ended === null && !unsettled.peek().has(room)) core.background(() => logs.reachBack(room));
  }

  async function remember(room: Id, record: BondRecord): Promise<void> {
    await vault.set(`bond/${room}`, { ...record });
  }

  // ── Showing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  const bonds = computed<readonly Bond[]>(() => {
    const open = core.state.value;
    if (open.is !== "open") return [];
    return facts.value.map((fact) => show(fact, open.me)).sort(byLife);
  });

  function show(fact: BondFact, me: Id): Bond {
    const { room, person } = fact;
    const record = toRecord(vault.items.value.get(`bond/${room}`) ?? null);
    const seen = logs.log(room).seen.value.filter(({ refused, state: line }) => refused === null && line === "plain");
    const theirName = newestName(seen, person, record);
    return {
      room,
      person,
      name: record?.myNameForThem ?? theirName,
      theirName,
      myNameForThem: record?.myNameForThem ?? null,
      started: fact.started_ms,
      state: stateOf(fact, record),
      endedAt: fact.ended_ms,
      endedByMe: fact.ended_by_me,
      blocked: blocked.value.includes(person),
      iWroteAt: lastAt(seen, (one) => one.author === me),
      theyWroteAt: lastAt(seen, (one) => one.author === person),
      unread: seen.some((one) => one.author === person && one.seq > readUpTo(room) && one.content?.kind !== "name"),
    };
  }

  function stateOf(fact: BondFact, record: BondRecord | null): Bond["state"] {
    if (keys.untrusted.value.has(fact.room)) return "untrusted";
    const left = unsettled.value.get(fact.room);
    if (left === "untrusted" || (record === null && left !== undefined)) return left ?? "settling";
    if (record === null) return "settling";
    return fact.ended_ms === null ? "alive" : "ended";
  }

  // A name that came as an entry is kept, so that it stands when the entry is far back.
  const stop = effect(() => {
    if (core.state.value.is !== "open" || !core.leading.value) return;
    for (const { room, person } of facts.value) {
      const record = toRecord(vault.items.value.get(`bond/${room}`) ?? null);
      const said = nameSaid(logs.log(room).seen.value, person);
      if (record === null || said === null || said.seq <= record.nameSeq) continue;
      core.background(() => vault.set(`bond/${room}`, { ...record, name: said.name, nameSeq: said.seq }, true));
    }
  });

  const outside = computed<readonly OutsidePerson[]>(() =>
    vault.under("outside/").map(({ rest, value }) => toOutside(rest, value)).sort((a, b) => a.name.localeCompare(b.name)),
  );

  const bond = createMemo((room) => computed(() => bonds.value.find((one) => one.room === room) ?? null));

  async function needRecord(room: Id): Promise<BondRecord> {
    const record = recordOf(vault, room);
    if (record === null) throw new CryptoError("untrusted", "no-record");
    return record;
  }

  return {
    facts,
    bonds,
    state,
    bond,
    outside,
    heard: computed(() => bonds.value.filter((one) => !one.blocked && (one.state === "alive" || one.state === "ended"))),
    remember,
    forget: (room) => vault.remove(`bond/${room}`),

    pull: () => core.loading(state as Signal<Loading>, async () => {
      const list = await core.api.bonds();
      await core.local.facts.put(FACT, await core.sealJson(list, FACT));
      core.tabs.tell({ news: "facts" });
      await take(list);
    }),
    async load() {
      const sealed = await core.local.facts.get(FACT);
      const list = sealed === null ? null : ((await core.openJson(sealed, FACT)) as BondFact[] | null);
      if (list !== null) await take(list);
    },
    clear() {
      facts.value = [];
      unsettled.value = new Map();
      state.value = { is: "idle" };
    },
    stop,

    setMyNameFor: (room, name) => core.act(async () => {
      const record = await needRecord(room);
      const mine = name === null || shortName(name) === "" ? null : shortName(name);
      await vault.set(`bond/${room}`, { ...record, myNameForThem: mine });
    }),

    endBond: (room, goodbye) => core.act(async () => {
      if (goodbye !== undefined && goodbye.trim() !== "") {
        await outbox.write(room, { kind: "goodbye", text: goodbye });
        await outbox.drained(room);
      }
      await core.api.endBond(room);
      const ended: Ms = core.clock.now() + core.offsetMs;
      facts.value = facts.peek().map((fact) => (fact.room === room && fact.ended_ms === null ? { ...fact, ended_ms: ended, ended_by_me: true } : fact));
    }),

    compareWords: (room) => core.act(async () => {
      const { person } = await needRecord(room);
      const [mine, theirs] = await Promise.all([core.crypto.fingerprintWords(core.me()), core.crypto.fingerprintWords(person)]);
      return { mine, theirs };
    }),

    keepOutside: (person) => core.act(async () => {
      const { id = core.newId(), name, phone, email, note } = person;
      await vault.set(`outside/${id}`, { name: shortName(name), phone: phone.trim(), email: email.trim(), note });
      return id;
    }),
    forgetOutside: (id) => core.act(() => vault.remove(`outside/${id}`)),
    roadsTo,
  };
}

/** The living first, by who was heard last; then the ended. */
function byLife(a: Bond, b: Bond): number {
  const ended = Number(a.state === "ended") - Number(b.state === "ended");
  const heard = (one: Bond) => Math.max(one.theyWroteAt ?? 0, one.iWroteAt ?? 0, one.started);
  return ended !== 0 ? ended : heard(b) - heard(a);
}

function nameSaid(seen: readonly Seen[], person: Id): { name: string; seq: number } | null {
  for (let i = seen.length - 1; i >= 0; i--) {
    const { author, content, seq } = seen[i]!;
    if (author === person && content?.kind === "name" && content.name !== "") return { name: content.name, seq };
  }
  return null;
}

function newestName(seen: readonly Seen[], person: Id, record: BondRecord | null): string {
  const said = nameSaid(seen, person);
  return said !== null && said.seq > (record?.nameSeq ?? 0) ? said.name : (record?.name ?? "");
}

function lastAt(seen: readonly Seen[], which: (one: Seen) => boolean): Ms | null {
  for (let i = seen.length - 1; i >= 0; i--) if (which(seen[i]!)) return seen[i]!.at;
  return null;
}

function toOutside(id: Id, value: Record<string, unknown>): OutsidePerson {
  const text = (one: unknown) => (typeof one === "string" ? one : "");
  return { id, name: text(value.name), phone: text(value.phone), email: text(value.email), note: text(value.note) };
}

/** sms:, mailto: and tel: as RFC 5724, 6068 and 3966 have them. Numbers keep + * # and digits, nothing else. */
export function roadsTo(person: OutsidePerson, words: string): readonly OutsideRoad[] {
  const number = encodeURI(person.phone.replace(/[^\d+*#]/g, "")).replaceAll("#", "%23");
  const body = encodeURIComponent(words);
  const roads: OutsideRoad[] = [];
  if (number !== "") roads.push({ by: "message", href: `sms:${number}?body=${body}` });
  if (person.email !== "") roads.push({ by: "mail", href: `mailto:${encodeURIComponent(person.email).replace("%40", "@")}?body=${body}` });
  if (number !== "") roads.push({ by: "call", href: `tel:${number}` });
  return roads;
}
