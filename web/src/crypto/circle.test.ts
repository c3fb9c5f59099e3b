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
import { entryFrame, flipped, newId, person, refuses, say, splitChange, type Change, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let cy: Person;
let mal: Person;
before(async () => {
  [ada, bo, cy, mal] = await Promise.all([person("ada"), person("bob"), person("cyd"), person("mal")]);
});

/** A circle as a house keeps it: its links, and everybody's envelopes. */
interface Circle {
  readonly room: Id;
  readonly founder: Person;
  readonly changes: Change[];
  readonly everybody: Person[];
}

async function founded(founder: Person): Promise<Circle> {
  const { room, change } = await founder.crypto.foundCircle();
  const circle: Circle = { room, founder, changes: [], everybody: [founder] };
  await took(circle, change, founder);
  return circle;
}

/** The house takes CHANGE, and PEOPLE hear of it. */
async function took(circle: Circle, change: Bytes, ...people: Person[]): Promise<Change> {
  const split = splitChange(change);
  circle.changes.push(split);
  for (const one of people) await hear(circle, one);
  return split;
}

async function hear(circle: Circle, who: Person, known?: RosterMark): Promise<void> {
  const { room, founder, changes, everybody } = circle;
  if (who !== founder) await who.crypto.trust({ room, kind: "circle", members: [founder.id], firstAuthor: founder.id });
  const identities = Object.fromEntries(everybody.map((one) => [one.id, one.made.identity]));
  const links = changes.map(({ link }) => link);
  await who.crypto.loadRoster({ room, links, identities, ...(known === undefined ? {} : { known }) });
  await who.crypto.loadEnvelopes({ room, envelopes: changes.flatMap(({ envelopes }) => envelopes.get(who.id) ?? []) });
}

async function letIn(circle: Circle, by: Person, ...people: Person[]): Promise<void> {
  circle.everybody.push(...people.filter((one) => !circle.everybody.includes(one)));
  const { room } = circle;
  await took(circle, await by.crypto.changeMembers({ room, add: people.map(({ made }) => made.identity), remove: [], leaves: [] }));
}

/** A circle of PEOPLE, the first its founder, all of whom have heard of everything. */
async function circleOf(...people: Person[]): Promise<Circle> {
  const circle = await founded(people[0]!);
  if (people.length > 1) await letIn(circle, people[0]!, ...people.slice(1));
  for (const one of people) await hear(circle, one);
  return circle;
}

const last = (circle: Circle): Change => circle.changes.at(-1)!;
const epochOf = (circle: Circle): number => circle.changes.length;

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
