// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar feed, read by a parser that is neither ours nor the one that wrote it (ical.js, which Thunderbird's calendar uses).
import assert from "node:assert/strict";
import { test } from "node:test";
import ICAL from "ical.js";
import type { Caller } from "../caller";
import { b64, Member, newId, newMember } from "../member";
import { comesIn, found, leave, people } from "./circle";
import { contract, place } from "./place";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const utc = (ms: number) => new Date(ms).toISOString().slice(0, 19) + "Z";

const turnOn = async (who: Member, title = "Time for me") => {
  const feed = newId();
  assert.equal((await who.call("PUT", "/api/calendar", { json: { feed, title } })).status, 204);
  return feed;
};
const read = (who: Caller, feed: string, headers: Record<string, string> = {}) => who.call("GET", `/api/calendar/${feed}/notes.ics`, { headers });
const putPlan = (who: Member, plan: string, start_ms: number, minutes: number) => who.call("PUT", `/api/calendar/plans/${plan}`, { json: { start_ms, minutes } });

interface Shown {
  uid: string;
  start: string;
  end: string;
  summary: string;
  status: string;
}

/** The feed as a calendar program without a session finds it. */
async function shown(who: Member, feed: string): Promise<{ calendar: ICAL.Component; events: Shown[]; text: string }> {
  const reply = await read(await Member.at(who.origin, contract.fetch), feed);
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get("content-type") ?? "", /^text\/calendar; charset=utf-8$/);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(reply.bytes);
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part, { strictExceptions: true });
    const iso = (time: ICAL.Time) => {
      assert.equal(time.zone, ICAL.Timezone.utcTimezone, "every time is in UTC, so that no program has to know a zone");
      return utc(time.toUnixTime() * 1000);
    };
    return { uid: event.uid, start: iso(event.startDate), end: iso(event.endDate), summary: event.summary, status: String(part.getFirstPropertyValue("status")) };
  });
  return { calendar, events, text };
}

const somebody = async (name: string) => newMember((await place()).house, contract.fetch, name);

test("there is no feed until one is wanted, and none after it was ended", async () => {
  const who = await somebody("cal-eve");
  assert.deepEqual((await who.call("GET", "/api/calendar")).json(), { on: false, title: null });
  const feed = await turnOn(who);
  assert.deepEqual((await who.call("GET", "/api/calendar")).json(), { on: true, title: "Time for me" });
  assert.deepEqual((await shown(who, feed)).events, []);
  assert.equal((await who.call("DELETE", "/api/calendar")).status, 204);
  const [ended, never] = [await read(who, feed), await read(who, newId())];
  assert.equal(ended.status, 404);
  assert.deepEqual(ended.bytes, never.bytes, "an address that has ended answers as one that never was");
  assert.deepEqual([...ended.headers.keys()], [...never.headers.keys()]);
});

test("another parser finds every plan in it: when, under which title, once", async () => {
  const who = await somebody("cal-gus");
  const title = "Tee, mit Müh; „ruhig“ \\ 🌳 und ein langer Titel, der umbricht";
  const feed = await turnOn(who, title);
  const start = Math.ceil(Date.now() / HOUR) * HOUR;
  // On both sides of a change of clocks, over midnight, and long ago.
  const times = [start, start + 200 * DAY, Date.UTC(2027, 2, 28, 0, 30), Date.UTC(2027, 9, 31, 23, 45)];
  for (const time of times) assert.equal((await putPlan(who, newId(), time, 90)).status, 204);
  assert.equal((await putPlan(who, newId(), Date.now() - 31 * DAY, 60)).status, 204);
  const { calendar, events, text } = await shown(who, feed);
  assert.deepEqual(events.map((one) => [one.start, one.end]), times.sort((a, b) => a - b).map((time) => [utc(time), utc(time + 90 * 60_000)]));
  assert.ok(events.every((one) => one.summary === title && one.status === "CONFIRMED"));
  assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length);
  assert.equal(calendar.getFirstPropertyValue("version"), "2.0");
  // How a value is escaped whose name begins with X- is nowhere said, and each program does it in its own way.
  assert.equal(String(calendar.getFirstPropertyValue("x-wr-calname")).replaceAll("\\\\", "\\"), title);
  // RFC 5545, 3.1: lines end with CRLF and are at most 75 octets long.
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), line);
});

test("the gatherings of my circles stand in it, at the same hour of the wall summer and winter, and one that was called off says so", async () => {
  const [ann, bo] = (await people("ann-calendar", "bo-calendar")) as [Member, Member];
  const room = await found(ann);
  await comesIn(ann, bo, room);
  const year = new Date().getUTCFullYear() + 1;
  const json = { id: newId(), room, start: `${year}-03-20T19:00`, zone: "Europe/Berlin", repeat: "weekly", count: 3, minutes: 60, turn_s: 180 };
  const made: { id: string; start_ms: number }[] = (await ann.call("POST", "/api/gatherings", { json })).json().gatherings;
  const feed = await turnOn(bo);
  const before = await shown(bo, feed);
  assert.deepEqual(before.events.map(({ start, end }) => [start, end]), made.map(({ start_ms }) => [utc(start_ms), utc(start_ms + HOUR)]));
  const berlin = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
  assert.deepEqual(before.events.map(({ start }) => berlin.format(new Date(start))), ["19:00", "19:00", "19:00"]);
  assert.equal(new Set(before.events.map(({ start }) => start.slice(11))).size, 2, "in UTC the hour is another one");
  for (const secret of [room, json.id, ...made.map(({ id }) => id), "Berlin"]) assert.ok(!before.text.includes(secret), secret);

  const [first, second] = made as [{ id: string; start_ms: number }, { id: string; start_ms: number }];
  assert.equal((await ann.call("DELETE", `/api/gatherings/${first.id}?rest=0`)).status, 204);
  const moved = second.start_ms + DAY;
  assert.equal((await ann.call("PUT", `/api/gatherings/${second.id}/time`, { json: { start_ms: moved, minutes: 30 } })).status, 204);
  const after = await shown(bo, feed);
  assert.deepEqual(after.events.map(({ uid }) => uid), before.events.map(({ uid }) => uid));
  assert.deepEqual(after.events.map(({ status }) => status), ["CANCELLED", "CONFIRMED", "CONFIRMED"]);
  assert.deepEqual([after.events[1]?.start, after.events[1]?.end], [utc(moved), utc(moved + HOUR / 2)]);

  assert.equal((await leave(bo, room)).status, 204);
  assert.deepEqual((await shown(bo, feed)).events, [], "who has left a circle is told of it no more");
});

test("nothing in it names a person, a room or a plan, and two people's feeds have no number in common", async () => {
  const [one, other] = [await somebody("cal-ida"), await somebody("cal-jon")];
  const plan = newId();
  const uids: string[] = [];
  for (const who of [one, other]) {
    const feed = await turnOn(who);
    await putPlan(who, plan, Date.now() + DAY, 30);
    const { events, text } = await shown(who, feed);
    for (const secret of [plan, who.id, who.selfRoom, who.name, feed]) assert.ok(!text.includes(secret), secret);
    const properties = [...new Set(text.split("\r\n").filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/[:;]/)[0]))].sort();
    assert.deepEqual(properties, "BEGIN CALSCALE CLASS DTEND DTSTAMP DTSTART END NAME PRODID REFRESH-INTERVAL STATUS SUMMARY UID VERSION X-PUBLISHED-TTL X-WR-CALNAME".split(" "));
    uids.push(...events.map(({ uid }) => uid));
  }
  assert.equal(new Set(uids).size, 2);
});

test("a plan moves and goes, and its UID stays as long as it is there", async () => {
  const who = await somebody("cal-kim");
  const feed = await turnOn(who);
  const plan = newId();
  await putPlan(who, plan, Date.now() + DAY, 30);
  const before = await shown(who, feed);
  const moved = Math.floor((Date.now() + 2 * DAY) / 1000) * 1000;
  await putPlan(who, plan, moved, 45);
  const after = await shown(who, feed);
  assert.deepEqual(after.events.map(({ start }) => start), [utc(moved)]);
  assert.equal(after.events[0]?.uid, before.events[0]?.uid);
  const renewed = await turnOn(who, "Walk");
  assert.equal((await shown(who, renewed)).events[0]?.uid, before.events[0]?.uid, "at a new address too");
  assert.equal((await read(who, feed)).status, 404);
  assert.equal((await who.call("DELETE", `/api/calendar/plans/${plan}`)).status, 204);
  assert.deepEqual((await shown(who, renewed)).events, []);
});

test("whoever has the feed already is told so, and no proxy keeps it", async () => {
  const who = await somebody("cal-lea");
  const feed = await turnOn(who);
  await putPlan(who, newId(), Date.now() + DAY, 30);
  const first = await read(who, feed);
  const etag = first.headers.get("etag") ?? "";
  assert.equal(first.headers.get("cache-control"), "private, max-age=300");
  const again = await read(who, feed, { "if-none-match": etag });
  assert.deepEqual([again.status, again.bytes.length, again.headers.get("etag")], [304, 0, etag]);
  await putPlan(who, newId(), Date.now() + DAY, 30);
  const changed = await read(who, feed, { "if-none-match": etag });
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.get("etag"), etag);
});

test("times are for a feed only, and at most two hundred", async () => {
  const who = await somebody("cal-mia");
  const refused = await putPlan(who, newId(), Date.now(), 30);
  assert.deepEqual([refused.status, refused.code], [404, "not-found"]);
  await turnOn(who);
  for (let i = 0; i < 200; i++) assert.equal((await putPlan(who, newId(), Date.now() + i, 30)).status, 204);
  const more = await putPlan(who, newId(), Date.now(), 30);
  assert.deepEqual([more.status, more.code, more.json().limit], [429, "too-many", 200]);
});

test("a feed that does not fit, and somebody else's address, are refused", async () => {
  const who = await somebody("cal-ned");
  const other = await somebody("cal-oda");
  for (const title of ["", "x".repeat(61), "two\r\nlines", 7, null]) {
    const reply = await who.call("PUT", "/api/calendar", { json: { feed: newId(), title } });
    assert.deepEqual([reply.status, reply.code], [400, "bad-input"], JSON.stringify(title));
  }
  for (const json of [{ start_ms: -1, minutes: 5 }, { start_ms: 5, minutes: 0 }, { start_ms: 5, minutes: 10081 }, { start_ms: 1.5, minutes: 5 }, { start_ms: 5 }]) {
    assert.equal((await who.call("PUT", `/api/calendar/plans/${newId()}`, { json })).status, 400, JSON.stringify(json));
  }
  const taken = await turnOn(other);
  const reply = await who.call("PUT", "/api/calendar", { json: { feed: taken, title: "Mine" } });
  assert.deepEqual([reply.status, reply.code], [409, "exists"]);
  assert.equal((await shown(other, taken)).calendar.getFirstPropertyValue("x-wr-calname"), "Time for me");
});

test("whoever guesses addresses is slowed down", async () => {
  const stranger = await Member.at((await place()).house.origin, contract.fetch);
  const answers = await Promise.all(Array.from({ length: 150 }, () => read(stranger, newId())));
  const slowed = answers.filter(({ status }) => status === 429);
  assert.ok(slowed.length >= 20, `${slowed.length} of 150`);
  assert.ok(slowed.every(({ headers }) => Number(headers.get("retry-after")) >= 1));
  assert.ok(answers.every(({ status }) => status === 404 || status === 429));
});

test("with the account its feed ends", async () => {
  const who = await somebody("cal-pia");
  const feed = await turnOn(who);
  await putPlan(who, newId(), Date.now() + DAY, 30);
  const counter = (await who.call("GET", "/api/person")).json().counter + 1;
  const { signature } = await who.keys.deletion({ houseId: who.houseId, counter });
  assert.equal((await who.call("DELETE", "/api/person", { json: { counter, signature: b64(signature) } })).status, 204);
  assert.equal((await read(who, feed)).status, 404);
});
