/* SPDX-License-Identifier: AGPL-3.0-or-later */
// How I come to a circle from outside: by a link, which vouches for all of it, or by asking one that stands in the directory.
// There the house's word is all there is at first: what I write is sealed to the keepers as the house names them, and the
// keeper's answer brings the trust. Words compared by voice close that gap.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { ListedFact, RequestFact } from "../api/circles";
import { ApiProblem } from "../api/problem";
import { CryptoError, type CircleCard } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import { isId, type Id } from "../lib/id";
import { NOTHING_SAID, recordIn, toSaid } from "./circles_record";
import { shortName, toCircleWords } from "./content";
import type { Core } from "./core";
import { ModelFailure, type Circles, type CircleWords, type ListedCircle, type Loading, type MyRequest, type OpenedInvite } from "./face";
import type { Vault } from "./vault";

/** What a keeper wrote back, opened. `card`: only of a yes. */
interface Answer {
  readonly text: string;
  readonly card: CircleCard | null;
}

export interface Requests extends Pick<Circles, "directory" | "directoryState" | "loadDirectory" | "requests" | "request" | "withdraw" | "accept" | "knock"> {
  readonly facts: ReadonlySignal<readonly RequestFact[]>;
  pull(): Promise<void>;
  take(facts: readonly RequestFact[]): Promise<void>;
  clear(): void;
}

export interface RequestsDeps {
  readonly vault: Vault;
  readonly isIn: (room: Id) => boolean;
  /** What the house last said is to be kept. */
  readonly keep: () => Promise<void>;
}

export function createRequests(core: Core, { vault, isIn, keep }: RequestsDeps): Requests {
  const facts = signal<readonly RequestFact[]>([]);
  const answers = signal<ReadonlyMap<string, Answer>>(new Map());
  const listed = signal<readonly ListedFact[]>([]);
  const directoryState = signal<Loading>({ is: "idle" });

  // ── What I asked ──────────────────────────────────────────────────────────────────────────────────────────────────

  async function pull(): Promise<void> {
    await take(await core.api.requests());
  }

  async function take(list: readonly RequestFact[]): Promise<void> {
    facts.value = list;
    for (const fact of list) await openAnswer(fact);
  }

  async function openAnswer({ room, answer, answered_by: author }: RequestFact): Promise<void> {
    if (answer === null || author === null || answers.peek().has(answer)) return;
    const opened = await core.crypto.openBox({ place: { purpose: "answer", room, id: core.me(), author }, box: fromBase64url(answer) }).catch(orNothing);
    answers.value = new Map(answers.peek()).set(answer, toAnswer(room, opened));
  }

  const requests = computed<readonly MyRequest[]>(() => {
    if (core.state.value.is !== "open") return [];
    return facts.value.filter(({ room }) => !isIn(room)).map(show).sort((a, b) => b.at - a.at);
  });

  function show({ room, line, state, answer, made_ms: at }: RequestFact): MyRequest {
    const opened = answer === null ? undefined : answers.value.get(answer);
    const kept = toSaid(vault.items.value.get(`said/${room}`) ?? null).words;
    const words = opened?.card != null ? { ...NOTHING_SAID.words, ...wordsOf(opened.card) } : kept.name === "" ? null : kept;
    return { room, name: words?.name || line || "", state, answer: opened?.text ?? "", words: state === "asking" ? null : words, at };
  }

  async function withdraw(room: Id): Promise<void> {
    await core.api.withdraw(room);
    await forgetRecord(room);
    await pull();
    await keep();
  }

  // ── The directory ─────────────────────────────────────────────────────────────────────────────────────────────────

  const directory = computed<readonly ListedCircle[]>(() => {
    const asked = new Set(facts.value.filter(({ state }) => state !== "declined").map(({ room }) => room));
    return listed.value.map(({ room, line, has_place: hasPlace }) => ({ room, line, hasPlace, mine: isIn(room) || asked.has(room) }));
  });

  const loadDirectory = () => core.loading(directoryState, async () => void (listed.value = await core.api.directory()));

  async function request(room: Id, { myName, words }: { myName: string; words: string }): Promise<void> {
    if (!listed.peek().some((one) => one.room === room)) listed.value = await core.api.directory();
    const found = listed.peek().find((one) => one.room === room);
    if (found === undefined) throw new ModelFailure("gone");
    const to = found.keepers.map(({ identity }) => fromBase64url(identity));
    const box = await core.crypto.sealBox({ place: { purpose: "request", room, id: core.me() }, to, value: { name: shortName(myName), words } });
    await vault.set(`asked/${room}`, { myName: shortName(myName) });
    await core.api.request(room, box);
    await pull();
    await keep();
  }

  /** Of a circle that said yes. */
  async function accept(room: Id): Promise<void> {
    const fact = facts.peek().find((one) => one.room === room);
    const card = fact?.answer == null ? undefined : answers.peek().get(fact.answer)?.card;
    if (card == null) throw new ModelFailure("gone");
    const { myName } = vault.get(`asked/${room}`) ?? {};
    await remember(card, typeof myName === "string" ? myName : "", {});
    await core.api.acceptWelcome(room);
    await vault.remove(`asked/${room}`);
    await pull();
    await keep();
  }

  // ── By a link ─────────────────────────────────────────────────────────────────────────────────────────────────────

  async function knock(opened: OpenedInvite, myName: string): Promise<Id> {
    const secret = fromBase64url(opened.secret);
    const { auth } = await core.crypto.openInvite({ secret });
    const { greeting, from, kind } = await core.api.invite(opened.id, auth);
    if (kind !== "circle") throw new ModelFailure("bad-link");
    if (from === core.me()) throw new ModelFailure("own-invite");
    const name = shortName(myName);
    const { answer, circle, from: inviter } = await core.crypto.answerCircle({ secret, greeting: fromBase64url(greeting), name, from });
    if (isIn(circle.room)) throw new ModelFailure("already-member");
    // The record goes first: if the answer is lost on the way, the circle is still known for what it is.
    await remember(circle, name, { [inviter.personId]: shortName(inviter.name) });
    await send(opened.id, auth, answer, circle.room);
    await pull();
    await keep();
    return circle.room;
  }

  /** Once more if it was cut off: the house answers a repeat as it did the first time. */
  async function send(...[id, auth, answer, room]: [...Parameters<typeof core.api.knock>, Id]): Promise<void> {
    for (let again = true; ; again = false) {
      try {
        await core.api.knock(id, auth, answer);
        return;
      } catch (error) {
        const cut = error instanceof ApiProblem && error.network;
        if (cut && again) continue;
        if (!cut) await forgetRecord(room);
        throw error;
      }
    }
  }

  /** What makes a circle that I am not in yet one that I can judge. */
  async function remember(card: CircleCard, myName: string, names: Record<Id, string>): Promise<void> {
    const { room, firstAuthor, mark } = card;
    const known = vault.get(`known/${room}`)?.epoch;
    if (typeof known !== "number" || known < mark.epoch) await vault.set(`known/${room}`, { epoch: mark.epoch, hash: toBase64url(mark.hash) });
    const said = toSaid(vault.get(`said/${room}`));
    await vault.set(`said/${room}`, { ...said, words: { ...said.words, ...wordsOf(card) }, names: { ...said.names, ...names, [core.me()]: myName } });
    await vault.set(`circle/${room}`, { firstAuthor, myName, since: 0, gone: false, founder: false, parting: "" });
    await vault.flush();
  }

  async function forgetRecord(room: Id): Promise<void> {
    if (recordIn(vault, room)?.since === 0) for (const item of ["circle", "said", "known"]) await vault.remove(`${item}/${room}`);
    if (vault.get(`asked/${room}`) !== null) await vault.remove(`asked/${room}`);
  }

  return {
    facts,
    pull,
    take,
    directory,
    directoryState,
    loadDirectory,
    requests,
    request: (room, how) => core.act(() => request(room, how)),
    withdraw: (room) => core.act(() => withdraw(room)),
    accept: (room) => core.act(() => accept(room)),
    knock: (invite, myName) => core.act(() => knock(invite, myName)),
    clear() {
      facts.value = listed.value = [];
      answers.value = new Map();
      directoryState.value = { is: "idle" };
    },
  };
}

const wordsOf = ({ name, purpose, agreements }: CircleCard): Omit<CircleWords, "welcome"> => ({ name: shortName(name), purpose, agreements });

/** What a keeper's answer carries; the other way round of toAnswer. */
export function answerValue(words: string, card: CircleCard | null): Record<string, unknown> {
  if (card === null) return { words };
  const { firstAuthor, mark, name, purpose, agreements } = card;
  return { words, circle: { author: firstAuthor, epoch: mark.epoch, hash: toBase64url(mark.hash), name, purpose, agreements } };
}

function toAnswer(room: Id, value: unknown): Answer {
  const { words, circle } = (typeof value === "object" && value !== null ? value : {}) as { words?: unknown; circle?: Record<string, unknown> };
  return { text: typeof words === "string" ? words : "", card: toCard(room, circle) };
}

/** 32 bytes in base64url. */
const HASH = /^[\w-]{43}$/;

function toCard(room: Id, value: Record<string, unknown> | undefined): CircleCard | null {
  const words = toCircleWords(value);
  if (value === undefined || words === null || !isId(value.author) || !Number.isSafeInteger(value.epoch) || typeof value.hash !== "string" || !HASH.test(value.hash)) return null;
  const { name, purpose, agreements } = words;
  return { room, firstAuthor: value.author, mark: { epoch: Number(value.epoch), hash: fromBase64url(value.hash) }, name, purpose, agreements };
}

/** A box that is not for me, or none at all, says nothing. */
function orNothing(error: unknown): null {
  if (error instanceof CryptoError && error.code !== "locked") return null;
  throw error;
}
