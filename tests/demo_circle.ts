// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample house's circle: four who meet on Tuesdays, what they say, what they carry for one another, and their next
// gatherings; and another circle in the directory, which can be asked. Made by the shipped client code; all of it invented.
import type { Id } from "../web/src/model/face";
import { until } from "./children";
import { reads, settled, type Person } from "./somebody";

const DAY = 86_400_000;
const AGREEMENTS = [
  "What is said here stays here.",
  "I speak of myself.",
  "Nobody is mended, and nobody is advised unless they ask.",
  "Passing is as good as speaking.",
  "Silence is welcome. Anyone may ring the bell.",
].join("\n");

/** In by a link of whoever is called FROM; waits until the newcomer reads there. */
async function comesIn(room: Id, from: Person, newcomer: Person): Promise<void> {
  const { link } = await from.house.circles.invite(room, { words: "There is a chair for you on Tuesdays.", forWhom: newcomer.house.me.name.value, expires: Date.now() + 7 * DAY, uses: 1 });
  await newcomer.house.circles.knock(await newcomer.house.invites.open(link), newcomer.house.me.name.value);
  await until(`${newcomer.signInName} is in the circle`, () => newcomer.house.circles.circle(room).value?.state === "alive", 30_000);
}

interface Four {
  readonly maren: Person;
  readonly tomas: Person;
  readonly aiko: Person;
  readonly lindiwe: Person;
}

async function theirWords(room: Id, { maren, tomas, aiko, lindiwe }: Four): Promise<void> {
  const log = (who: Person) => who.house.rooms.log(room);
  const heard = "Last night I set the table for two again. I only saw it when I sat down.";
  await log(maren).share({ text: heard, wish: "listen" });
  const share = await reads(tomas, room, heard);
  await log(tomas).respond(share, "me-too");
  await reads(aiko, room, heard);
  await log(aiko).reply(share, "I am glad you told it here.");
  await settled(aiko);
  const noted = "They found him on the Sunday. I still walk the long way round the pond.";
  await log(lindiwe).share({ text: noted, wish: "stay", note: "a death" });
  await settled(lindiwe);
  await reads(maren, room, noted);
  await maren.house.circles.kindness(room, lindiwe.house.session.state.value.is === "open" ? lindiwe.house.session.state.value.me : "", "You bring such a calm with you. That was all.");
  for (const who of [maren, tomas]) await settled(who);
}

async function whatTheyCarry(room: Id, { maren, tomas, aiko, lindiwe }: Four): Promise<void> {
  const supper = await aiko.house.carrying.askHelp(room, { text: "Could someone bring supper on Thursday? I have the late shift.", when: Date.now() + 2 * DAY });
  await settled(aiko);
  await until("the ask is there", () => tomas.house.carrying.helps(room).value.some(({ id }) => id === supper), 20_000);
  await tomas.house.carrying.take(room, supper);
  await lindiwe.house.carrying.askHelp(room, { text: "A lift to the registry office, any morning next week.", when: null });
  const walk = await maren.house.carrying.plan(room, { text: "A walk around the lake, slowly", where: "At the boathouse", start: Date.now() + 4 * DAY, minutes: 90 });
  for (const who of [maren, tomas, lindiwe]) await settled(who);
  await until("the plan is there", () => lindiwe.house.carrying.plans(room).value.some(({ id }) => id === walk), 20_000);
  await lindiwe.house.carrying.answerPlan(room, walk, "maybe");
  await settled(lindiwe);
}

/** The next Tuesday at seven in the evening, as this machine's own clock on the wall says it. */
function nextTuesday(): string {
  const day = new Date(Date.now() + DAY);
  day.setDate(day.getDate() + ((9 - day.getDay()) % 7));
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}T19:00`;
}

async function theirTuesdays(room: Id, maren: Person): Promise<void> {
  const words = { title: "Tuesday table", text: "", question: "What did you carry alone this week?" };
  await maren.house.gatherings.schedule(room, {
    start: nextTuesday(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    repeat: "weekly",
    count: 6,
    minutes: 60,
    turnSeconds: 180,
    words: [words],
  });
  await settled(maren);
}

/** A circle that can be found and asked. */
async function oneToFind(rosa: Person): Promise<void> {
  const words = { name: "After work", purpose: "For those who look after someone, and work as well.", agreements: AGREEMENTS, welcome: "" };
  const room = await rosa.house.circles.found({ words, size: 6, myName: "Rosa" });
  await rosa.house.circles.setRules(room, { size: 6, line: "For people who look after someone at home. Thursdays, in writing.", fadeDays: 0, gatheringFadeDays: 7, doorMinutes: 5 });
  await settled(rosa);
}

export async function theCircle(four: Four, rosa: Person): Promise<void> {
  const { maren } = four;
  const words = { name: "Tuesday table", purpose: "For the four of us, since the spring.", agreements: AGREEMENTS, welcome: "Come as you are. We begin with a minute of quiet." };
  const room = await maren.house.circles.found({ words, size: 6, myName: "Maren" });
  for (const newcomer of [four.tomas, four.aiko, four.lindiwe]) await comesIn(room, maren, newcomer);
  await theirWords(room, four);
  await whatTheyCarry(room, four);
  await theirTuesdays(room, maren);
  await oneToFind(rosa);
}
