/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The session: who is signed in here, and whether their keys are in memory. All roads in (arrive, sign in, recover, unlock,
// a reload) end in `enter`, all roads out in `leave`; what the other nouns do then is given to `open` and `close`.

import { computed, effect, signal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import type { NewAccount } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Id } from "../lib/id";
import type { AboutNoun } from "./about";
import type { Core } from "./core";
import { createDevice, type DeviceSession } from "./device";
import { ModelFailure, type ArriveWith, type Card, type GoneWhy, type Loading, type OpenedInvite, type Role, type Session, type SessionInfo, type SettingsValues } from "./face";
import { toFailure } from "./failure";
import { strengthOf } from "./strength";

export interface SessionDeps {
  readonly about: AboutNoun;
  readonly settings: { readonly values: { readonly value: SettingsValues; peek(): SettingsValues } };
  /** The keys are here and nobody sees anything yet: what a screen could write over must stand there first. */
  readonly prepare: () => Promise<void>;
  /** The account is open: load, and go live. */
  readonly open: (me: Id) => Promise<void>;
  /** Keys are gone from memory: so goes all that is readable. */
  readonly close: () => void;
  /** The account was just made: its first words. */
  readonly begin: (first: { readonly calledName: string; readonly signInName: string }) => Promise<void>;
  readonly accept: (invite: OpenedInvite) => Promise<Id>;
  /** At a circle's door, to be called so there. */
  readonly knock: (invite: OpenedInvite, name: string) => Promise<unknown>;
  readonly saveSignInName: (name: string) => Promise<void>;
  readonly savedSignInName: () => string;
  readonly pullVault: () => Promise<void>;
  /** The keyring was emptied and filled again. */
  readonly keysRenewed: () => void;
}

export interface SessionNoun extends Session {
  start(): Promise<void>;
  /** From the house: role, wrap. */
  pull(): Promise<void>;
  pullSessions(): Promise<void>;
  stop(): void;
}

const TOUCH_KEPT_MS = 30_000;

export function createSession(core: Core, deps: SessionDeps): SessionNoun {
  const { about, settings } = deps;
  const device = createDevice(core);
  const signInName = signal("");
  const sessions = signal<readonly SessionInfo[]>([]);
  const sessionsState = signal<Loading>({ is: "idle" });
  let held: DeviceSession | null = null;
  /** Why I am about to go, while the house is being told: it may close the stream before it answers. */
  let leaving: GoneWhy | null = null;
  let farewell: Promise<void> = Promise.resolve();
  let lastTouch = core.platform.now();
  let touchKept = 0;
  let idle: unknown = null;

  // ── In and out ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The keyring is unlocked: from here on the session is open. */
  async function enter(session: DeviceSession, quietly = false): Promise<void> {
    held = session;
    core.era += 1;
    lastTouch = core.platform.now();
    await device.keepSession(session);
    await device.park();
    await device.keepTouched(lastTouch);
    signInName.value = session.signInName;
    await deps.prepare();
    core.state.value = { is: "open", me: session.person, role: session.role, session: session.session, needsPassphrase: session.needsPassphrase };
    watchIdle();
    await deps.open(session.person);
    if (!quietly) core.tabs.tell({ news: "unlocked" });
  }

  function closeNow(next: typeof core.state.value): void {
    core.platform.clearTimeout(idle);
    core.era += 1;
    core.state.value = next;
    sessions.value = [];
    sessionsState.value = { is: "idle" };
    deps.close();
  }

  async function lock(why: "by-hand" | "idle", quietly = false): Promise<void> {
    if (!core.isOpen()) return;
    // After recovery there is no passphrase yet that could unlock: the card opens again, and what was not sent waits for it.
    if (held?.needsPassphrase) return void (await signOut("no-passphrase"));
    closeNow({ is: "locked", why });
    await Promise.all([core.crypto.lock(), device.forgetParked()]);
    if (!quietly) core.tabs.tell({ news: "locked", why });
  }

  async function leave(why: GoneWhy, quietly = false): Promise<void> {
    const was = core.state.peek();
    // Another tab's stream may hear of the end before it hears why: the reason that wipes more counts.
    const heardWhy = was.is === "none" && (was.why !== "ended-elsewhere" || why === "ended-elsewhere");
    if (heardWhy) return;
    held = null;
    signInName.value = "";
    closeNow({ is: "none", why });
    await core.crypto.lock();
    await device.wipe(why);
    if (!quietly) core.tabs.tell({ news: "gone", why });
  }

  core.onSessionEnded = () => void leave(leaving ?? "ended-elsewhere").catch(() => undefined);

  async function start(): Promise<void> {
    held = await device.session();
    if (held === null) {
      core.state.value = { is: "none", why: await device.gone() };
      return;
    }
    signInName.value = held.signInName;
    const slept = settings.values.peek().autoLockMinutes > 0 && core.platform.now() - (await device.touched()) >= settings.values.peek().autoLockMinutes * 60_000;
    if (slept) await device.forgetParked();
    if (!slept && (await device.unpark())) return enter(held, true);
    if (held.needsPassphrase) return void (await signOut("no-passphrase"));
    core.state.value = { is: "locked", why: slept ? "idle" : "restart" };
  }

  // ── Idle ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  function watchIdle(): void {
    core.platform.clearTimeout(idle);
    const minutes = settings.values.peek().autoLockMinutes;
    if (minutes === 0 || !core.isOpen()) return;
    const due = lastTouch + minutes * 60_000 - core.platform.now();
    idle = core.platform.setTimeout(() => core.background(lockIfIdle), Math.max(due, 1));
  }

  /** Somebody may be at another tab of this browser: a lock here would lock that one, too. */
  async function lockIfIdle(): Promise<void> {
    const { era } = core;
    const [now, elsewhere] = [core.platform.now(), await device.touched().catch(() => 0)];
    if (core.era !== era) return;
    if (elsewhere <= now) lastTouch = Math.max(lastTouch, elsewhere); // else a clock was turned back
    const minutes = settings.values.peek().autoLockMinutes;
    if (minutes > 0 && now - lastTouch >= minutes * 60_000) await lock("idle");
    else watchIdle();
  }

  const stopIdle = effect(() => {
    void settings.values.value.autoLockMinutes;
    watchIdle();
  });

  function touch(): void {
    lastTouch = core.platform.now();
    if (lastTouch - touchKept < TOUCH_KEPT_MS || !core.isOpen()) return;
    touchKept = lastTouch;
    core.background(() => device.keepTouched(lastTouch));
  }

  async function ready(): Promise<void> {
    await farewell;
    await device.mustStore();
  }

  // ── Roads in ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async function arrive({ invite, signInName: name, calledName, nameThere, passphrase, adult }: ArriveWith) {
    await ready();
    const account = await core.crypto.newAccount({ houseId: await about.houseId(), name, passphrase });
    const made = await join(invite, account, adult).catch(async (error: unknown) => {
      await core.crypto.lock();
      throw error;
    });
    await device.welcome(made.person);
    await enter({ ...made, signInName: name, wrap: toBase64url(account.wrapPassphrase), needsPassphrase: false });
    await deps.begin({ calledName, signInName: name });
    core.background(nameDevice);
    return { card: cardOf(account.card.words), ...(await goOn(invite, nameThere ?? calledName)) };
  }

  async function join(invite: OpenedInvite, account: NewAccount, adult: true): Promise<Pick<DeviceSession, "person" | "session" | "role">> {
    const { auth } = await core.crypto.openInvite({ secret: fromBase64url(invite.secret) });
    const { card, personId, loginId, loginSecret } = account;
    try {
      const { session } = await core.api.join(auth, {
        invite: invite.id,
        login_id: toBase64url(loginId),
        login_secret: toBase64url(loginSecret),
        identity: toBase64url(account.identity),
        wrap_passphrase: toBase64url(account.wrapPassphrase),
        card: { id: card.id, secret: toBase64url(card.secret), wrap: toBase64url(card.wrap) },
        adult,
      });
      return { person: personId, session, role: invite.kind === "steward" ? "steward" : "person" };
    } catch (error) {
      if (!(error instanceof ApiProblem) || !(error.network || error.code === "unknown-fate")) throw error;
      // The answer was lost. If the account was made all the same, it lets me in.
      return signedInAnyway(account, error);
    }
  }

  async function signedInAnyway({ personId, loginId, loginSecret }: NewAccount, lost: ApiProblem): Promise<Pick<DeviceSession, "person" | "session" | "role">> {
    try {
      const { session, person } = await core.api.signIn({ login_id: toBase64url(loginId), login_secret: toBase64url(loginSecret) });
      return { person: personId, session, role: person.role };
    } catch {
      throw lost;
    }
  }

  /** What the link is for, once there is an account. */
  async function goOn(invite: OpenedInvite, name: string): Promise<{ bond: Id | null; bondFailure: ModelFailure | null }> {
    try {
      if (invite.kind === "circle") await deps.knock(invite, name);
      return { bond: invite.kind === "bond" ? await deps.accept(invite) : null, bondFailure: null };
    } catch (error) {
      return { bond: null, bondFailure: toFailure(error) };
    }
  }

  async function signIn({ signInName: name, passphrase }: { signInName: string; passphrase: string }): Promise<void> {
    await ready();
    const { loginId, loginSecret } = await core.crypto.signIn({ houseId: await about.houseId(), name, passphrase });
    const signed = await core.api.signIn({ login_id: toBase64url(loginId), login_secret: toBase64url(loginSecret) });
    await open(signed, async () => name, false);
  }

  async function recover(cardText: string): Promise<void> {
    await ready();
    const { cardId, cardSecret } = await core.crypto.readCard(cardText);
    const signed = await core.api.signInByCard({ card_id: cardId, card_secret: toBase64url(cardSecret) });
    await open(signed, nameInVault, true);
  }

  /** The card does not know the sign-in name; my vault does. Asked before anything is shown: the next step needs it. If it
      cannot be had just now, the person writes it. */
  async function nameInVault(): Promise<string> {
    await deps.pullVault().catch(() => undefined);
    return deps.savedSignInName();
  }

  async function open(signed: { person: { id: Id; role: Role }; session: Id; wrap: string }, name: () => Promise<string>, needsPassphrase: boolean): Promise<void> {
    const { person, session, wrap } = signed;
    await core.crypto.openWrap({ personId: person.id, wrap: fromBase64url(wrap) });
    await device.welcome(person.id);
    await enter({ person: person.id, session, role: person.role, signInName: await name(), wrap, needsPassphrase });
    core.background(nameDevice);
  }

  async function unlock(passphrase: string): Promise<void> {
    if (held === null) throw new ModelFailure("session-ended");
    if (core.isOpen()) return;
    await core.crypto.signIn({ houseId: await about.houseId(), name: held.signInName, passphrase });
    await core.crypto.openWrap({ personId: held.person, wrap: fromBase64url(held.wrap) });
    await enter(held);
  }

  async function nameDevice(): Promise<void> {
    const state = core.state.peek();
    if (state.is !== "open") return;
    await core.api.labelSession(await core.crypto.sealLabel({ session: state.session, label: core.platform.deviceName }));
  }

  // ── Changes of the account ────────────────────────────────────────────────────────────────────────────────────────

  /** Throws "bad-passphrase" unless it opens this account. Opening fills the keyring anew. */
  async function prove(passphrase: string): Promise<void> {
    const session = needHeld();
    await core.crypto.signIn({ houseId: await about.houseId(), name: session.signInName, passphrase });
    await core.crypto.openWrap({ personId: session.person, wrap: fromBase64url(session.wrap) });
    deps.keysRenewed();
  }

  const nextCounter = async () => (await core.api.person()).counter + 1;

  async function changePassphrase({ current, passphrase, signInName: wanted, endOtherSessions }: Parameters<Session["changePassphrase"]>[0]): Promise<void> {
    const before = needHeld();
    if (!before.needsPassphrase) await prove(current ?? "");
    const name = wanted ?? before.signInName;
    const [houseId, counter] = await Promise.all([about.houseId(), nextCounter()]);
    const { loginId, loginSecret, wrap, signature } = await core.crypto.newPassphrase({ houseId, name, passphrase, counter });
    await core.api.setPassphrase({
      counter,
      login_id: toBase64url(loginId),
      login_secret: toBase64url(loginSecret),
      wrap: toBase64url(wrap),
      signature: toBase64url(signature),
      end_other_sessions: endOtherSessions,
    });
    await keep({ signInName: name, wrap: toBase64url(wrap), needsPassphrase: false });
    await deps.saveSignInName(name);
    core.background(pullSessions);
  }

  async function keep(change: Partial<DeviceSession>): Promise<void> {
    held = { ...needHeld(), ...change };
    await device.keepSession(held);
    signInName.value = held.signInName;
    const state = core.state.peek();
    if (state.is === "open") core.state.value = { ...state, role: held.role, needsPassphrase: held.needsPassphrase };
  }

  function needHeld(): DeviceSession {
    core.me();
    if (held === null) throw new ModelFailure("session-ended");
    return held;
  }

  async function newCard(): Promise<Card> {
    needHeld();
    const [houseId, counter] = await Promise.all([about.houseId(), nextCounter()]);
    const { id, secret, wrap, signature, words } = await core.crypto.newCard({ houseId, counter });
    await core.api.setCard({ counter, id, secret: toBase64url(secret), wrap: toBase64url(wrap), signature: toBase64url(signature) });
    return cardOf(words);
  }

  async function deleteAccount(passphrase: string): Promise<void> {
    await prove(passphrase);
    const [houseId, counter] = await Promise.all([about.houseId(), nextCounter()]);
    const { signature } = await core.crypto.deletion({ houseId, counter });
    leaving = "deleted";
    try {
      await core.api.deletePerson({ counter, signature: toBase64url(signature) });
      await leave("deleted");
    } finally {
      leaving = null;
    }
  }

  async function signOut(why: GoneWhy = "signed-out"): Promise<{ heard: boolean }> {
    // This device first, whatever the house says to it and however long that takes.
    const told = leave(why).then(() => core.api.signOut());
    // Its answer takes the cookie away: nobody signs in before it is here.
    farewell = told.catch(() => undefined);
    try {
      await told;
      return { heard: true };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return { heard: error.status === 401 };
    }
  }

  /** What may have been changed from another device. */
  async function pull(): Promise<void> {
    const { role, wrap_passphrase: wrap } = await core.api.person();
    if (held !== null && (held.role !== role || held.wrap !== wrap) && !held.needsPassphrase) await keep({ role, wrap });
  }

  // ── Sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────

  const pullSessions = () => core.loading(sessionsState, async () => {
    const list = await core.api.sessions();
    const shown = await Promise.all(list.map(async ({ id, label, created_ms: created, seen_day: seenDay, current }) => ({ id, label: await openLabel(id, label), created, seenDay, current })));
    sessions.value = shown.sort((a, b) => Number(b.current) - Number(a.current) || b.created - a.created);
  });

  async function openLabel(session: Id, label: string): Promise<string | null> {
    if (label === "") return null;
    try {
      return await core.crypto.openLabel({ session, body: fromBase64url(label) });
    } catch {
      return null;
    }
  }

  core.tabs.hear((news) => {
    if (news.news === "locked") core.background(() => lock(news.why, true));
    if (news.news === "gone") core.background(() => leave(news.why, true));
    if (news.news === "unlocked" && !core.isOpen()) core.background(start);
    if (news.news === "sessions" && core.isOpen()) core.background(pullSessions);
  });

  return {
    state: computed(() => core.state.value),
    signInName,
    sessions,
    sessionsState,
    start,
    pull,
    pullSessions,
    stop() {
      stopIdle();
      core.platform.clearTimeout(idle);
    },
    strength: strengthOf,
    touch,
    arrive: (how) => core.act(() => arrive(how)),
    signIn: (how) => core.act(() => signIn(how)),
    recover: (text) => core.act(() => recover(text)),
    unlock: (passphrase) => core.act(() => unlock(passphrase)),
    lock: () => core.act(() => lock("by-hand")),
    quickLock: () => lock("by-hand").catch(() => undefined),
    signOutAndWipe: () => core.act(() => signOut()),
    changePassphrase: (how) => core.act(() => changePassphrase(how)),
    newCard: () => core.act(newCard),
    refreshSessions: pullSessions,
    endSession: (id) => core.act(async () => {
      await core.api.endSession(id);
      await pullSessions();
    }),
    deleteAccount: (passphrase) => core.act(() => deleteAccount(passphrase)),
  };
}

function cardOf(words: string): Card {
  return { words, groups: words.split(/[^0-9A-Za-z*~$=]+/).filter((group) => group !== "") };
}
