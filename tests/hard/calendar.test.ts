// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar feed in a calendar program as people have them: khal, from Debian, which reads by python-icalendar. It takes the
// feed in, takes it in once more after a plan has moved, and shows at the right hours of Berlin what stands in it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { run } from "../children";
import { openHouse, sweepUp } from "../harness";
import { newId, newMember } from "../member";

const folder = mkdtempSync(join(tmpdir(), "beside-khal-"));

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sweepUp();
});

const CONFIG = `
[calendars]
[[notes]]
path = ${folder}/notes
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${folder}/khal.db
[default]
default_calendar = notes
`;

const khal = (...words: string[]) =>
  run("khal", ["-c", join(folder, "config"), ...words], { env: { ...process.env, HOME: folder, LC_ALL: "C.UTF-8", LANG: "C.UTF-8" } });

test("khal takes the feed in, shows each time at its hour, and follows one that moves", { timeout: 120_000 }, async () => {
  mkdirSync(join(folder, "notes"));
  writeFileSync(join(folder, "config"), CONFIG);
  const house = await openHouse({ store: "sqlite" });
  const ada = await newMember(house, fetch, "ada", "steward");
  const feed = newId();
  const title = "Tea, with a friend; 🌳";
  assert.equal((await ada.call("PUT", "/api/calendar", { json: { feed, title } })).status, 204);
  const put = async (plan: string, start: string, minutes: number) =>
    assert.equal((await ada.call("PUT", `/api/calendar/plans/${plan}`, { json: { start_ms: Date.parse(start), minutes } })).status, 204);
  const takeIn = async () => {
    const reply = await fetch(`${house.origin}/api/calendar/${feed}/notes.ics`);
    writeFileSync(join(folder, "feed.ics"), Buffer.from(await reply.arrayBuffer()));
    await khal("import", "--batch", "-a", "notes", join(folder, "feed.ics"));
    const said = await khal("list", "--format", "{start-date} {start-time}-{end-time} {title}", "--day-format", "", "2036-03-01", "400d");
    return said.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  };

  // Berlin is an hour ahead of UTC in winter and two in summer; in 2036 summer begins on 30 March.
  const moving = newId();
  await put(newId(), "2036-03-29T18:00:00Z", 60);
  await put(newId(), "2036-03-31T18:00:00Z", 60);
  await put(moving, "2036-07-01T08:30:00Z", 45);
  assert.deepEqual(await takeIn(), [`2036-03-29 19:00-20:00 ${title}`, `2036-03-31 20:00-21:00 ${title}`, `2036-07-01 10:30-11:15 ${title}`]);
  await put(moving, "2036-07-02T09:00:00Z", 30);
  assert.deepEqual(await takeIn(), [`2036-03-29 19:00-20:00 ${title}`, `2036-03-31 20:00-21:00 ${title}`, `2036-07-02 11:00-11:30 ${title}`]);
});
