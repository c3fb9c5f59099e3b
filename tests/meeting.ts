// SPDX-License-Identifier: AGPL-3.0-or-later
// A circle of people who meet, through the client as it is shipped: founding, coming in, a gathering that begins now.
import { effect } from "@preact/signals";
import type { Gathering, GatheringWords, Id } from "../web/src/model/face";
import { until } from "./children";
import type { Device, Person } from "./somebody";

const WEEK = 7 * 86_400_000;
export const WORDS = { name: "Tuesday", purpose: "to be heard", agreements: "What is said here stays here.", welcome: "" };

const mine = (who: Device, room: Id) => who.house.circles.circle(room).value;

/** FOUNDER founds a circle, the others come by one link; resolves when each sees all. */
export async function circleOf(founder: Person, others: readonly Person[], size = Math.max(3, 1 + others.length)): Promise<Id> {
  const room = await founder.house.circles.found({ words: WORDS, size: Math.min(size, 6), myName: founder.house.me.name.value });
  await until("the circle stands", () => mine(founder, room)?.state === "alive", 20_000);
  if (others.length === 0) return room;
  const first = others.slice(0, Math.min(others.length, 5));
  await letIn(founder, room, first);
  await allSeeAll([founder, ...first], room);
  if (size <= 6) return room;
  // Above six it takes two who keep it.
  await founder.house.circles.setKeeper(room, meOf(others[0]!), true);
  await founder.house.circles.setRules(room, { ...mine(founder, room)!.rules, size });
  await letIn(founder, room, others.slice(first.length));
  await allSeeAll([founder, ...others], room);
  return room;
}

async function allSeeAll(people: readonly Device[], room: Id): Promise<void> {
  const all = (who: Device) => mine(who, room)?.members.filter(({ name }) => name !== "").length === people.length;
  for (const who of people) await until("all see all, by name", () => all(who), 60_000);
}

/** One after the other, as people come; to whichever node. */
export async function letIn(founder: Person, room: Id, people: readonly Person[]): Promise<void> {
  if (people.length === 0) return;
  const { link } = await founder.house.circles.invite(room, { words: "come", forWhom: "", expires: Date.now() + WEEK, uses: people.length });
  for (const who of people) {
    await who.house.circles.knock(await who.house.invites.open(link.slice(link.indexOf("#"))), who.house.me.name.value);
    await until(`${who.signInName} is in`, () => mine(who, room)?.state === "alive", 60_000);
  }
}

export function meOf(who: Device): Id {
  const { value } = who.house.session.state;
  if (value.is !== "open") throw new Error("locked");
  return value.me;
}

/** START as the wall clock of a zone would say it: the next full minute but one. */
export function soonInUtc(): string {
  return new Date(Math.ceil((Date.now() + 5_000) / 60_000) * 60_000).toISOString().slice(0, 16);
}

/** A gathering that one may come to at once. */
export async function meetNow(host: Device, room: Id, words: readonly GatheringWords[] = [], turnSeconds = 30): Promise<Id> {
  const [id] = await host.house.gatherings.schedule(room, { start: soonInUtc(), zone: "UTC", repeat: "none", count: 1, minutes: 60, turnSeconds, words });
  return id!;
}

/** As a screen that shows it does. Gives the way to stop. */
export const looksAt = (who: Device, id: Id): (() => void) => effect(() => void who.house.gatherings.gathering(id).value);

export const meeting = (who: Device, id: Id): Gathering | null => who.house.gatherings.gathering(id).value;

/** Until this is so of the gathering as WHO sees it. */
export const sees = (who: Device, id: Id, what: string, is: (now: Gathering) => boolean, limitMs = 20_000): Promise<Gathering> =>
  until(what, () => {
    const now = meeting(who, id);
    return now !== null && is(now) ? now : null;
  }, limitMs, 5);

/** All come, in this order, and look at it. */
export async function comeAll(people: readonly Device[], id: Id): Promise<(() => void)[]> {
  const stops = people.map((who) => looksAt(who, id));
  for (const who of people) {
    await sees(who, id, "it is known", () => true);
    await who.house.gatherings.come(id);
  }
  return stops;
}

/** Which of PEOPLE holds the piece, as all of LOOKING see it. */
export async function holderOf<P extends Device>(people: readonly P[], id: Id, looking: readonly Device[] = people): Promise<P> {
  const holder = await until("all see the same holder", () => {
    const seen = new Set(looking.map((who) => meeting(who, id)?.holder ?? null));
    return seen.size === 1 ? [...seen][0] : null;
  }, 20_000, 5);
  return people.find((who) => meOf(who) === holder)!;
}
