// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar feed, by people with the client as it is shipped: an address that a calendar program reads without an account,
// neutral in all it says, and gone when its owner wants it gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Id } from "../../web/src/model/face";
import { until } from "../children";
import { circleOf } from "../meeting";
import { bring, settled, type Device } from "../somebody";
import { here, somebody, theHouse } from "./place";
import { newRoad, secondDevice } from "./road";

const HOUR = 3_600_000;
const TITLE = "Appointment";

interface Event {
  readonly uid: string;
  readonly summary: string;
  readonly start: number;
  readonly status: string;
}

/** As a calendar program reads it: by the address alone. */
async function read(address: string): Promise<{ readonly status: number; readonly text: string; readonly events: readonly Event[] }> {
  const reply = await fetch(address);
  const text = (await reply.text()).replace(/\r\n[ \t]/g, "");
  const events = text.split("BEGIN:VEVENT").slice(1).map((part) => {
    const field = (name: string) => part.match(new RegExp(`^${name}(?:;[^:\r\n]*)?:(.*)$`, "m"))?.[1]?.trim() ?? "";
    const [, y, mo, d, h, mi, s] = field("DTSTART").match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/) ?? [];
    return { uid: field("UID"), summary: field("SUMMARY"), start: Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)), status: field("STATUS") };
  });
  return { status: reply.status, text, events };
}

const addressOf = (who: Device): string => who.house.calendar.feed.value!.address;
const schedule = (who: Device, room: Id, days: number) =>
  who.house.gatherings.schedule(room, {
    start: new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 16), zone: "Europe/Berlin", repeat: "weekly", count: 2, minutes: 60, turnSeconds: 60,
    words: [{ title: "A secret title", text: "secret text", question: "secret question" }],
  });

test("gatherings stand in the feed at their time, under a neutral title, and it says nothing else", { timeout: 120_000 }, async () => {
  const [ida, per] = [await somebody("Ines"), await somebody("Piet")];
  const room = await circleOf(ida, [per]);
  assert.equal(per.house.calendar.feed.value, null);
  const ids = await schedule(ida, room, 2);
  await per.house.calendar.make(TITLE);
  const starts = ida.house.gatherings.inCircle(room).value.map(({ start }) => start);
  const feed = await read(addressOf(per));
  assert.equal(feed.status, 200);
  assert.deepEqual(feed.events.map(({ start }) => start).sort(), [...starts].sort());
  assert.deepEqual(new Set(feed.events.map(({ summary }) => summary)), new Set([TITLE]));
  for (const word of ["secret", "Tuesday", "Ines", "Piet", room, ...ids]) assert.ok(!feed.text.includes(word), word);

  await ida.house.gatherings.move(ids[0]!, starts[0]! + 2 * HOUR, 60);
  await ida.house.gatherings.cancel(ids[1]!, false);
  const later = await read(addressOf(per));
  assert.deepEqual(later.events.map(({ uid }) => uid).sort(), feed.events.map(({ uid }) => uid).sort(), "they are the same ones, changed");
  assert.ok(later.events.some(({ start, status }) => start === starts[0]! + 2 * HOUR && status !== "CANCELLED"));
  assert.ok(later.events.some(({ start, status }) => start === starts[1]! && status === "CANCELLED"));
});

test("the address is the same on all my devices; a new one ends the old one, and off is off", { timeout: 120_000 }, async () => {
  const ida = await somebody("Ilse");
  await ida.house.calendar.make(TITLE);
  const first = addressOf(ida);
  assert.match(first, new RegExp(`^${(await theHouse()).origin}/api/calendar/[\\w-]{22}/notes\\.ics$`));
  const phone = await secondDevice(ida, newRoad());
  await until("the other device knows it", () => phone.house.calendar.feed.value?.address === first, 20_000);
  await phone.house.calendar.make("Busy");
  const second = addressOf(phone);
  assert.deepEqual([(await read(first)).status, (await read(second)).status], [404, 200]);
  await until("so does the first", () => ida.house.calendar.feed.value?.address === second && ida.house.calendar.feed.value.title === "Busy", 20_000);
  await ida.house.calendar.off();
  assert.equal((await read(second)).status, 404);
  await until("and it is off on both", () => [ida, phone].every((who) => who.house.calendar.feed.value === null), 20_000);
});

test("the time of a plan is in the feed of who said yes, as long as they say so", { timeout: 120_000 }, async () => {
  const ida = await somebody("Imke");
  const { newcomer, room } = await bring((await theHouse()).origin, ida, "Ralf");
  const ralf = here(newcomer);
  await ralf.house.calendar.make(TITLE);
  const start = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;
  const plan = await ida.house.carrying.plan(room, { text: "a walk by the river", where: "the bridge", start, minutes: 90 });
  await until("the plan is there", () => ralf.house.carrying.plans(room).value.some((one) => one.id === plan), 20_000);
  const times = async () => (await read(addressOf(ralf))).events.filter(({ status }) => status !== "CANCELLED").map((one) => one.start);
  assert.deepEqual(await times(), []);
  await ralf.house.carrying.answerPlan(room, plan, "yes");
  await settled(ralf);
  await until("it stands in the feed", async () => (await times()).includes(start), 20_000, 200);
  assert.ok(!(await read(addressOf(ralf))).text.includes("river"));
  await ralf.house.carrying.answerPlan(room, plan, "maybe");
  await until("it is gone from it", async () => !(await times()).includes(start), 20_000, 200);
});
