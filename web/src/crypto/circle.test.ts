// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles: how they begin, who comes in, who goes, and every way in which somebody could put in, keep in, drop or bring back
// a person, or speak from where they are no longer.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u32, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { sealEnvelope } from "./envelope";
import { sealEntry } from "./entry";
import type { RosterMark } from "./face";
import { LogCheck } from "./log";
import { linkHash, makeLink, sortMembers, type LinkContent } from "./roster";
import { label, randomBytes, sign } from "./sodium";
import {
  circleOf, entryFrame, flipped, founded, hear, last, letIn, newId, person, refuses, say, splitChange, took, type Circle, type Person,
} from "./test_kit";

let ada: Person;
let bo: Person;
let cy: Person;
let mal: Person;
before(async () => {
  [ada, bo, cy, mal] = await Promise.all([person("ada"), person("bob"), person("cyd"), person("mal")]);
});

test("24 people: one founds, 23 come in, the key is rolled, and some go", async () => {
  const others = await Promise.all(Array.from({ length: 23 }, (_, i) => person(`one of many ${i}`)));
  const circle = await founded(ada);
  const { room } = circle;
  const early = await say(ada, room, { prev: "", kind: "early" });
  for (const one of others.slice(0, 3)) {
    await letIn(circle, ada, one);
    await hear(circle, ada);
  }
  await letIn(circle, ada, ...others.slice(3));
  for (const one of [ada, ...others]) await hear(circle, one);

  const hello = await say(others[22]!, room, { prev: "", kind: "hello" });
  for (const one of [ada, ...others]) assert.deepEqual(await one.crypto.openEntry(hello), { prev: "", kind: "hello" });
  await refuses(others[0]!.crypto.openEntry(early), "unknown-epoch", "no-envelope");
  const full = { room, add: [bo.made.identity], remove: [], leaves: [] };
  await refuses(ada.crypto.changeMembers(full), "too-long", "members");

  const rolled = await took(circle, await others[7]!.crypto.roll({ room }), ada, ...others);
  assert.equal(rolled.envelopes.size, 24);
  const leave = await others[1]!.crypto.leave({ room });
  const leaves = [{ person: others[1]!.id, leave }];
  await took(circle, await others[9]!.crypto.changeMembers({ room, add: [bo.made.identity], remove: [others[0]!.id], leaves }));
  circle.everybody.push(bo);
  for (const one of [ada, bo, ...others]) await hear(circle, one);
  assert.equal(last(circle).envelopes.size, 23);
  const later = await say(ada, room, { prev: "", kind: "later" });
  for (const one of [bo, ...others.slice(2)]) assert.deepEqual(await one.crypto.openEntry(later), { prev: "", kind: "later" });
  for (const one of others.slice(0, 2)) await refuses(one.crypto.openEntry(later), "unknown-epoch", "no-envelope");
  await refuses(bo.crypto.openEntry(hello), "unknown-epoch", "no-envelope");
});

// ── The roster ──────────────────────────────────────────────────────────────────────────────────────────────────────

const mark = (circle: Circle): RosterMark => ({ epoch: circle.changes.length, hash: linkHash(last(circle).link) });

/** A link that would follow the newest, of BY's making, with whatever content the forger likes. */
function next(circle: Circle, by: Person, members: Id[], content: Partial<LinkContent> = {}): Bytes {
  const { epoch, hash } = mark(circle);
  const honest = { room: circle.room, kind: "circle" as const, epoch: epoch + 1, before: hash, timeMs: 9, author: by.id, members: sortMembers(members) };
  return makeLink({ ...honest, ...content }, by.account.signing.secretKey);
}

const take = (circle: Circle, who: Person, ...links: Bytes[]): Promise<unknown> => {
  const identities = Object.fromEntries([ada, bo, cy, mal].map((one) => [one.id, one.made.identity]));
  return who.crypto.loadRoster({ room: circle.room, links, identities });
};

test("a circle begins with its founder alone, who is the one that was named", async () => {
  const circle = await founded(ada);
  const { room } = circle;
  const first = { epoch: 1, before: new Uint8Array(32) };
  await bo.crypto.trust({ room, kind: "circle", members: [ada.id], firstAuthor: ada.id });
  await refuses(take(circle, bo, next(circle, ada, [ada.id, mal.id], first)), "untrusted", "link-members");
  await refuses(take(circle, bo, next(circle, mal, [mal.id], first)), "untrusted", "link-author");
  await refuses(take(circle, bo, next(circle, mal, [ada.id], { ...first, author: ada.id })), "untrusted", "link-signature");
  await refuses(take(circle, bo, next(circle, ada, [ada.id], { ...first, kind: "talk" })), "untrusted", "link-room");
  await refuses(take(circle, bo, next(circle, ada, [ada.id])), "untrusted", "link-chain");
  for (const members of [[ada.id, bo.id], [bo.id], []]) {
    await refuses(bo.crypto.trust({ room: newId(), kind: "circle", members, firstAuthor: ada.id }), "untrusted", "trust");
  }
  await refuses(bo.crypto.trust({ room, kind: "circle", members: [mal.id], firstAuthor: mal.id }), "untrusted", "trust");
  // Not even when I would have begun it with somebody else myself: what I know by my own signature is held to the same rule.
  const mine = next(circle, bo, [bo.id, mal.id], { ...first, room: newId() });
  await refuses(bo.crypto.loadRoster({ room: newId(), links: [mine], identities: {} }), "untrusted", "no-trust");
  const own = newId();
  await refuses(bo.crypto.loadRoster({ room: own, links: [next(circle, bo, [bo.id, mal.id], { ...first, room: own })], identities: {} }), "untrusted", "link-members");
});

test("nobody but who is in it lets anybody in: no ghost by the house, by a stranger, by who was removed, by who is yet to come", async () => {
  const circle = await circleOf(ada, bo, cy);
  await took(circle, await ada.crypto.changeMembers({ room: circle.room, add: [], remove: [cy.id], leaves: [] }), ada, bo);
  const ghost = [ada.id, bo.id, mal.id];
  await refuses(take(circle, ada, next(circle, mal, ghost)), "untrusted", "link-author");
  await refuses(take(circle, ada, next(circle, mal, ghost, { author: bo.id })), "untrusted", "link-signature");
  await refuses(take(circle, ada, next(circle, mal, [ada.id, bo.id], { author: bo.id })), "untrusted", "link-signature");
  await refuses(take(circle, ada, next(circle, cy, [ada.id, bo.id, cy.id])), "untrusted", "link-author");
  await refuses(take(circle, ada, next(circle, cy, [ada.id, bo.id])), "untrusted", "link-author");
  await refuses(take(circle, ada, next(circle, bo, [ada.id])), "untrusted", "link-author");
  const good = next(circle, bo, [ada.id, bo.id]);
  await refuses(take(circle, ada, flipped(good)), "untrusted", "link-signature");
  for (const short of [good.slice(0, -1), good.slice(0, 82), new Uint8Array(0)]) await refuses(take(circle, ada, short), "untrusted", "malformed");
  await took(circle, await bo.crypto.roll({ room: circle.room }), ada);
  assert.equal((await ada.crypto.loadRoster({ room: circle.room, links: [], identities: {} })).members.length, 2);
});

test("a link of another circle, a second one for an epoch, and a roster without what the greeting named are refused", async () => {
  const circle = await circleOf(ada, bo);
  const other = await circleOf(ada, bo);
  await refuses(take(circle, bo, last(other).link), "untrusted", "link-fork");
  await refuses(take(circle, bo, next(other, ada, [ada.id, bo.id])), "untrusted", "link-room");
  await refuses(take(circle, bo, next(circle, ada, [ada.id, bo.id], { before: linkHash(last(other).link) })), "untrusted", "link-chain");
  // Two members change the key at once: the house takes one of the two, and the other is refused by all who have seen it.
  const [one, two] = [await ada.crypto.roll({ room: circle.room }), await bo.crypto.roll({ room: circle.room })];
  await took(circle, one, ada, bo);
  await refuses(take(circle, ada, splitChange(two).link), "untrusted", "link-fork");
  await refuses(take(circle, bo, splitChange(two).link), "untrusted", "link-fork");
  // Who comes with a mark of the one is not shown the other.
  await letIn(circle, ada, cy);
  const fork = [...circle.changes.slice(0, -2), splitChange(two)];
  await refuses(hear({ ...circle, changes: fork }, cy, mark(circle)), "untrusted", "rolled-back");
  await refuses(hear({ ...circle, changes: circle.changes.slice(0, -1) }, cy, mark(circle)), "untrusted", "rolled-back");
  await hear(circle, cy, mark(circle));
});

test("of a member who is gone for good no identity is needed, unless something is to be sealed to them", async () => {
  const circle = await circleOf(ada, bo, cy);
  const { room } = circle;
  const links = circle.changes.map(({ link }) => link);
  await again(bo, circle);
  await refuses(bo.crypto.loadRoster({ room, links, identities: {} }), "untrusted", "identity-missing");
  await bo.crypto.loadRoster({ room, links, identities: { [ada.id]: ada.made.identity } });
  await refuses(bo.crypto.roll({ room }), "untrusted", "identity-missing");
  await took(circle, await bo.crypto.changeMembers({ room, add: [], remove: [cy.id], leaves: [] }), ada, bo);
});

test("of an author who is gone for good no identity is needed up to what is known, but their key stays closed", async () => {
  const circle = await circleOf(ada, bo, cy);
  const { room } = circle;
  const early = await say(cy, room, { prev: "", kind: "early" });
  await took(circle, await bo.crypto.changeMembers({ room, add: [], remove: [ada.id], leaves: [] }), bo, cy);
  const known = mark(circle);
  const late = await say(cy, room, { prev: "", kind: "late" });
  const links = circle.changes.map(({ link }) => link);
  const identities = { [cy.id]: cy.made.identity };
  await again(bo, circle);
  const load = (links: Bytes[], known?: RosterMark): Promise<unknown> =>
    bo.crypto.loadRoster({ room, links, identities, ...(known === undefined ? {} : { known }) });
  await refuses(load(links), "untrusted", "identity-missing");
  await refuses(load(links, { epoch: 1, hash: linkHash(links[0]!) }), "untrusted", "identity-missing");
  // What is not signed by her must still be what the known link follows.
  const other = next({ ...circle, changes: circle.changes.slice(0, 1) }, mal, [ada.id, bo.id, cy.id], { author: ada.id });
  await refuses(load([links[0]!, other], known), "untrusted", "rolled-back");
  await refuses(load([links[0]!, other, links[2]!], known), "untrusted", "link-chain");
  const beyond = next(circle, mal, [bo.id, cy.id], { author: cy.id });
  await refuses(load([...links, beyond], known), "untrusted", "link-signature");
  await load(links, known);
  const envelopes = circle.changes.flatMap(({ envelopes }) => envelopes.get(bo.id) ?? []);
  await refuses(bo.crypto.loadEnvelopes({ room, envelopes }), "untrusted", "identity-missing");
  assert.deepEqual(await bo.crypto.openEntry(late), { prev: "", kind: "late" });
  await refuses(bo.crypto.openEntry(early), "unknown-epoch", "no-envelope");
  // Somebody who was in before and changed the key since vouches for her; somebody whom she let in herself does not.
  await again(bo, circle);
  const first = { ...circle, changes: circle.changes.slice(0, 1) };
  const two = next(first, ada, [ada.id, bo.id, cy.id]);
  const lone = { epoch: 3, before: linkHash(two) };
  const seen = { epoch: 1, hash: linkHash(links[0]!) };
  await refuses(load([links[0]!, two, next(first, cy, [bo.id, cy.id], lone)], seen), "untrusted", "identity-missing");
  const three = next(first, mal, [bo.id, cy.id], { ...lone, author: cy.id });
  await refuses(load([links[0]!, two, three], { epoch: 2, hash: linkHash(two) }), "untrusted", "link-signature");
  // Who was met is checked, known or not.
  const spoilt = [links[0]!, flipped(links[1]!), links[2]!];
  const { founder } = circle;
  await again(bo, circle);
  await refuses(bo.crypto.loadRoster({ room, links: spoilt, identities: { ...identities, [founder.id]: founder.made.identity }, known }), "untrusted", "link-signature");
});

test("a link by somebody who is gone for good is followed by who was away, once one who was there before has changed the key", async () => {
  const circle = await circleOf(ada, bo, cy, mal);
  const { room } = circle;
  const known = mark(circle);
  const away = circle.changes.length;
  await took(circle, await cy.crypto.roll({ room }), ada, bo, mal, cy);
  await again(bo, circle);
  const identities = Object.fromEntries([ada, bo].map((one) => [one.id, one.made.identity]));
  const load = (links: Bytes[]): Promise<unknown> => bo.crypto.loadRoster({ room, links, identities, known });
  const all = (): Bytes[] => circle.changes.map(({ link }) => link);
  await refuses(load(all()), "untrusted", "identity-missing");
  // The house cannot vouch, nor put another link in its place that was not followed.
  const forged = next(circle, mal, [ada.id, bo.id, mal.id], { author: ada.id });
  await refuses(load([...all(), forged]), "untrusted", "link-signature");
  await took(circle, await ada.crypto.changeMembers({ room, add: [], remove: [cy.id], leaves: [] }), ada);
  const other = next({ ...circle, changes: circle.changes.slice(0, away) }, mal, [ada.id, bo.id, mal.id], { author: cy.id });
  await refuses(load([...all().slice(0, away), other, all().at(-1)!]), "untrusted");
  await load(all());
  await bo.crypto.loadEnvelopes({ room, envelopes: [last(circle).envelopes.get(bo.id)!] });
  await bo.crypto.openEntry(await say(ada, room));
});

/** WHO on a new device, that has heard of nothing but where CIRCLE begins. */
async function again(who: Person, { room, founder }: Circle): Promise<void> {
  await who.crypto.signIn(who.credentials);
  await who.crypto.openWrap({ personId: who.id, wrap: who.made.wrapPassphrase });
  await who.crypto.trust({ room, kind: "circle", members: [founder.id], firstAuthor: founder.id });
}

test("a founder finds the own circle again, with nothing but the account", async () => {
  const circle = await circleOf(ada, bo);
  await ada.crypto.signIn(ada.credentials);
  await ada.crypto.openWrap({ personId: ada.id, wrap: ada.made.wrapPassphrase });
  await hear(circle, ada);
  await bo.crypto.openEntry(await say(ada, circle.room));
});

// ── Changing and leaving ────────────────────────────────────────────────────────────────────────────────────────────

test("who changes the members changes others: not themselves, nobody who is not there, nobody twice", async () => {
  const circle = await circleOf(ada, bo);
  const { room } = circle;
  const change = (asked: { add?: Bytes[]; remove?: Id[] }): Promise<Bytes> =>
    bo.crypto.changeMembers({ room, add: [], remove: [], leaves: [], ...asked });
  await refuses(change({ remove: [bo.id] }), "untrusted", "own-removal");
  await refuses(change({ remove: [cy.id] }), "untrusted", "not-member");
  await refuses(change({ add: [ada.made.identity] }), "untrusted", "already-member");
  await refuses(change({ add: [ada.made.identity], remove: [ada.id] }), "untrusted", "already-member");
  await refuses(change({ add: [flipped(cy.made.identity, 0)] }), "untrusted", "identity");
  await refuses(change({ add: [cy.made.identity.slice(1)] }), "untrusted", "identity");
  assert.equal(splitChange(await change({ add: [cy.made.identity, cy.made.identity] })).envelopes.size, 3);
  await took(circle, await ada.crypto.changeMembers({ room, add: [], remove: [bo.id], leaves: [] }), ada, bo);
  for (const late of [change({}), bo.crypto.roll({ room }), bo.crypto.leave({ room })]) await refuses(late, "untrusted", "not-member");
  await refuses(bo.crypto.sealEntry({ room, id: newId(), content: { prev: "" } }), "unknown-epoch", "no-envelope");
  await refuses(bo.crypto.sealSignal({ room, value: 1 }), "untrusted", "not-member");
});

test("only a circle changes its members or is left", async () => {
  const { room, change } = await ada.crypto.foundSelf();
  const { link } = splitChange(change);
  await ada.crypto.loadRoster({ room, links: [link], identities: {} });
  await refuses(ada.crypto.changeMembers({ room, add: [bo.made.identity], remove: [], leaves: [] }), "untrusted", "no-circle");
  await refuses(ada.crypto.leave({ room }), "untrusted", "no-circle");
  for (const kind of ["bond", "talk"] as const) {
    const other = newId();
    await ada.crypto.trust({ room: other, kind, members: [ada.id, bo.id], firstAuthor: bo.id });
    await refuses(ada.crypto.changeMembers({ room: other, add: [mal.made.identity], remove: [], leaves: [] }), "untrusted", "no-circle");
    await refuses(ada.crypto.leave({ room: other }), "untrusted", "no-circle");
  }
  await refuses(ada.crypto.changeMembers({ room: newId(), add: [], remove: [], leaves: [] }), "unknown-epoch", "no-roster");
});

test("a leave is its author's own, of this room and of an epoch since which they have stayed", async () => {
  const circle = await circleOf(ada, bo, cy);
  const { room } = circle;
  const other = await circleOf(ada, bo, cy);
  const drop = (who: Person, leave: Bytes): Promise<Bytes> =>
    ada.crypto.changeMembers({ room, add: [], remove: [], leaves: [{ person: who.id, leave }] });
  const leave = await bo.crypto.leave({ room });
  await refuses(drop(cy, leave), "untrusted", "leave");
  await refuses(drop(bo, await bo.crypto.leave({ room: other.room })), "untrusted", "leave");
  await refuses(drop(bo, flipped(leave)), "untrusted", "leave");
  await refuses(drop(bo, concat(u32(1), leave.subarray(4))), "untrusted", "leave");
  await refuses(drop(bo, concat(u32(0), leave.subarray(4))), "untrusted", "leave");
  await refuses(drop(bo, concat(u32(3), leave.subarray(4))), "unknown-epoch", "leave");
  for (const bad of [new Uint8Array(0), leave.slice(0, 4), leave.slice(0, -1), concat(leave, u8(0))]) await refuses(drop(bo, bad), "untrusted", "malformed");
  await refuses(drop(mal, leave), "untrusted");
  const forged = concat(u32(2), sign(mal.account.signing.secretKey, label("beside/leave/1"), fromId(room), fromId(bo.id), u32(2)));
  await refuses(drop(bo, forged), "untrusted", "leave");
  // A leave from before its author had come, really signed by them.
  const early = concat(u32(1), sign(bo.account.signing.secretKey, label("beside/leave/1"), fromId(room), fromId(bo.id), u32(1)));
  await refuses(drop(bo, early), "untrusted", "leave");
  // The key changed meanwhile and they were still in it: they have left all the same.
  await took(circle, await cy.crypto.roll({ room }), ada, bo, cy);
  const { envelopes } = await took(circle, await drop(bo, leave), ada, cy);
  assert.deepEqual([...envelopes.keys()], sortMembers([ada.id, cy.id]));
});

test("a leave from before coming back is spent, also by who comes back in the same breath", async () => {
  const circle = await circleOf(ada, bo);
  const { room } = circle;
  const leave = await bo.crypto.leave({ room });
  const leaves = [{ person: bo.id, leave }];
  const asked = { room, add: [bo.made.identity], remove: [], leaves };
  await refuses(ada.crypto.changeMembers(asked), "untrusted", "already-member");
  await refuses(ada.crypto.changeMembers({ ...asked, leaves: [] }), "untrusted", "already-member");
  await took(circle, await ada.crypto.changeMembers({ ...asked, add: [] }), ada);
  await letIn(circle, ada, bo);
  for (const one of [ada, bo]) await hear(circle, one);
  await refuses(ada.crypto.changeMembers({ ...asked, add: [] }), "untrusted", "leave");
  const again = await bo.crypto.leave({ room });
  await took(circle, await ada.crypto.changeMembers({ ...asked, add: [], leaves: [{ person: bo.id, leave: again }] }), ada);
});

// ── What is said ────────────────────────────────────────────────────────────────────────────────────────────────────

test("who was removed reads nothing later, and says nothing later that passes", async () => {
  const circle = await circleOf(ada, bo, mal);
  const { room } = circle;
  const before = await say(mal, room, { prev: "", kind: "before" });
  const stale = await say(mal, room, { prev: before.id, kind: "stale" });
  await took(circle, await ada.crypto.changeMembers({ room, add: [], remove: [mal.id], leaves: [] }), ada, bo);
  const after = await say(ada, room, { prev: "", kind: "after" });
  await refuses(mal.crypto.openEntry(after), "unknown-epoch");

  // With the house's help, after the circle has gone on: an old key, so an epoch that goes down.
  const lines = [before, after, stale].map((frame, i) => ({ ...frame, seq: i + 1 }));
  const log = new LogCheck(room);
  const told = await Promise.all(lines.map(async (frame) => ({ frame, content: await bo.crypto.openEntry(frame) })));
  const verdicts = log.feed(told).map(({ verdict }) => verdict);
  assert.deepEqual(verdicts, [{ state: "ok" }, { state: "ok" }, { state: "refused", reason: "epoch-down" }]);

  // Nor with a key of one's own making for the new epoch, whoever's name is on it.
  const place = { room, epoch: 3, author: ada.id, member: bo.id, linkHash: linkHash(last(circle).link) };
  const how = { roomKey: randomBytes(32), memberKemKey: bo.account.kem.publicKey, signSecret: mal.account.signing.secretKey };
  const envelope = (author: Person): Bytes => sealEnvelope({ ...place, author: author.id }, how, randomBytes);
  await refuses(bo.crypto.loadEnvelopes({ room, envelopes: [{ epoch: 3, author: ada.id, body: envelope(ada) }] }), "untrusted", "envelope-signature");
  await refuses(bo.crypto.loadEnvelopes({ room, envelopes: [{ epoch: 3, author: mal.id, body: envelope(mal) }] }), "untrusted", "envelope-author");
});

test("an entry by a member of another epoch is refused, although its key is right", async () => {
  const circle = await circleOf(ada, bo, mal);
  const { room } = circle;
  const key = randomBytes(32);
  // Mal takes Ada out; the key of epoch 3 is of Mal's making, so anybody may have been given it.
  const change = next(circle, mal, [bo.id, mal.id]);
  const place = { room, epoch: 3, author: mal.id, member: bo.id, linkHash: linkHash(change) };
  const how = { roomKey: key, memberKemKey: bo.account.kem.publicKey, signSecret: mal.account.signing.secretKey };
  await take(circle, bo, change);
  await bo.crypto.loadEnvelopes({ room, envelopes: [{ epoch: 3, author: mal.id, body: sealEnvelope(place, how, randomBytes) }] });
  const said = (author: Person, epoch = 3): ReturnType<typeof entryFrame> => {
    const id = newId();
    return entryFrame(room, 1, author.id, id, sealEntry({ room, epoch, author: author.id, id }, key, { prev: "" }, randomBytes));
  };
  await bo.crypto.openEntry(said(mal));
  for (const other of [ada, cy]) await refuses(bo.crypto.openEntry(said(other)), "untrusted", "entry-author");
  await refuses(bo.crypto.openEntry(said(mal, 2)), "untrusted", "entry");
  await refuses(bo.crypto.openEntry(said(mal, 4)), "unknown-epoch", "no-link");
});
