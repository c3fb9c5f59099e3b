/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Invites: the links I gave out, and a link that somebody gave me. The link's secret stays in its fragment and in my vault.

import { computed, signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import type { CircleCard } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import { shortName, toCircleWords } from "./content";
import type { Core } from "./core";
import { ModelFailure, type Invites, type Loading, type Ms, type MyInvite, type OpenedInvite } from "./face";
import type { PeopleNoun } from "./people";
import type { Vault } from "./vault";

type Fact = Schemas["Invites"]["invites"][number];

/** An invite to be made. CIRCLE: what it leads into; none: a bond. NAME: what I am called there. */
export interface NewInvite {
  readonly words: string;
  readonly forWhom: string;
  readonly expires: Ms;
  readonly name: string;
  readonly uses?: number;
  readonly circle?: CircleCard;
}

export interface InvitesNoun extends Invites {
  make(invite: NewInvite): Promise<MyInvite & { readonly link: string; readonly secret: string }>;

  pull(): Promise<void>;
  clear(): void;
}

const SECRET_BYTES = 32;

export function createInvites(core: Core, vault: Vault, people: PeopleNoun, calledName: () => string): InvitesNoun {
  const facts = signal<readonly Fact[]>([]);
  const state = signal<Loading>({ is: "idle" });

  const linkOf = (secret: string) => `${core.platform.origin}/join#${secret}`;

  function show(fact: Fact): MyInvite {
    const kept = vault.items.value.get(`invite/${fact.id}`);
    const secret = typeof kept?.secret === "string" ? kept.secret : null;
    const over = fact.state === "open" && !core.clock.before(fact.expires_ms - core.offsetMs);
    const now = over ? "expired" : fact.state;
    return {
      id: fact.id,
      kind: fact.kind,
      room: fact.room,
      state: now,
      created: fact.created_ms,
      expires: fact.expires_ms,
      link: now === "open" && secret !== null ? linkOf(secret) : null,
      forWhom: typeof kept?.forWhom === "string" ? kept.forWhom : "",
    };
  }

  const mine = computed(() =>
    facts.value.map(show).sort((a, b) => Number(b.state === "open") - Number(a.state === "open") || b.created - a.created),
  );

  const pull = () => core.loading(state, async () => {
    facts.value = await core.api.invites();
  });

  async function make({ words, forWhom, expires, name, uses = 1, circle }: NewInvite): Promise<MyInvite & { link: string; secret: string }> {
    const { id, auth, greeting, secret } = await core.crypto.newInvite({ name, words, ...(circle && { circle }) });
    const text = toBase64url(secret);
    // First where I find it again: without the secret in the vault, whoever accepts could not be known.
    await vault.set(`invite/${id}`, { secret: text, forWhom: shortName(forWhom) });
    try {
      await vault.flush();
      const into = circle === undefined ? {} : { room: circle.room, uses };
      await core.api.makeInvite({ id, auth: toBase64url(auth), greeting: toBase64url(greeting), expires_ms: Math.round(expires + core.offsetMs), ...into });
    } catch (error) {
      await vault.remove(`invite/${id}`);
      throw error;
    }
    const fact: Fact = { id, kind: circle === undefined ? "bond" : "circle", room: circle?.room ?? null, state: "open", created_ms: core.clock.now() + core.offsetMs, expires_ms: expires + core.offsetMs };
    facts.value = [fact, ...facts.peek().filter((one) => one.id !== id)];
    return { ...show(fact), link: linkOf(text), secret: text };
  }

  async function create(how: { words: string; forWhom: string; expires: Ms }): Promise<MyInvite & { link: string }> {
    const { secret: _, ...made } = await make({ ...how, name: calledName() });
    return made;
  }

  async function open(link: string): Promise<OpenedInvite> {
    const secret = secretIn(link, core.platform.origin);
    const { id, auth } = await core.crypto.openInvite({ secret });
    const invite = await core.api.invite(id, auth);
    const found = { id, kind: invite.kind, expires: invite.expires_ms, secret: toBase64url(secret) };
    if (invite.kind !== "bond" && invite.kind !== "circle") return { ...found, from: null, circle: null };
    const { personId, name, words, circle } = await core.crypto.readGreeting({ secret, greeting: fromBase64url(invite.greeting), from: invite.from });
    // A link that says one thing to the house and another to whom it was given leads nowhere.
    if ((invite.kind === "circle") !== (circle !== null)) throw new ModelFailure("bad-link");
    return { ...found, from: { person: personId, name: shortName(name), words }, circle: circle === null ? null : { ...toCircleWords(circle)!, welcome: "" } };
  }

  async function accept(opened: OpenedInvite): Promise<Id> {
    const secret = fromBase64url(opened.secret);
    const { auth } = await core.crypto.openInvite({ secret });
    const { greeting, from, kind } = await core.api.invite(opened.id, auth);
    if (kind !== "bond") throw new ModelFailure("bad-link");
    if (from === core.me()) throw new ModelFailure("own-invite");
    const accepted = await core.crypto.acceptInvite({ secret, greeting: fromBase64url(greeting), name: calledName(), from });
    const { room, personId, identity, name } = accepted;
    // The record goes first: if the answer is lost on the way, the bond is still known for what it is.
    await people.remember(room, { person: personId, identity: toBase64url(identity), founder: "me", name: shortName(name), nameSeq: 0, myNameForThem: null });
    await send(opened.id, auth, accepted.body, room);
    await people.pull();
    return room;
  }

  /** Once more if it was cut off: the house answers a repeat as it did the first time. */
  async function send(id: Id, auth: Bytes, body: Bytes, room: Id): Promise<void> {
    for (let again = true; ; again = false) {
      try {
        await core.api.acceptInvite(id, auth, body);
        return;
      } catch (error) {
        const cut = error instanceof ApiProblem && error.network;
        if (cut && again) continue;
        if (!cut) await people.forget(room);
        throw error;
      }
    }
  }

  return {
    mine,
    state,
    pull,
    refresh: pull,
    create: (how) => core.act(() => create(how)),
    make,
    end: (id) => core.act(async () => {
      await core.api.endInvite(id);
      facts.value = facts.peek().map((fact) => (fact.id === id ? { ...fact, state: "ended" as const } : fact));
    }),
    open: (link) => core.act(() => open(link)),
    accept: (invite) => core.act(() => accept(invite)),
    clear() {
      facts.value = [];
      state.value = { is: "idle" };
    },
  };
}

/** The secret in a link of this house, or alone. Exported for its test. */
export function secretIn(link: string, origin: string): Bytes {
  const text = link.trim();
  const at = text.indexOf("#");
  const before = at === -1 ? "" : text.slice(0, at);
  if (before !== "" && before !== `${origin}/join` && before !== "/join") throw new ModelFailure("bad-link");
  try {
    const secret = fromBase64url(text.slice(at + 1));
    if (secret.length === SECRET_BYTES) return secret;
  } catch {
    // not base64url: the same answer
  }
  throw new ModelFailure("bad-link");
}
