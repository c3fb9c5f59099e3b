// SPDX-License-Identifier: AGPL-3.0-or-later
// Furnishes a sample house for ./start --demo: six people who know one another, and what they said. Everything is made by
// the shipped client code, so it is sealed as real words are. All of it is invented.
//
//   node tests/run-node.mjs --run tests/demo.ts -- ORIGIN STEWARD-LINK
import { theCircle } from "./demo_circle";
import { arrive, bring, choose, reads, settled, type Person } from "./somebody";

const HOUR = 3_600_000;

async function people(origin: string, link: string) {
  const maren = await arrive(origin, link, "Maren", "four quiet boats at dawn");
  const { newcomer: tomas } = await bring(origin, maren, "Tomas", "I am glad you asked. No hurry with anything.");
  const { newcomer: aiko } = await bring(origin, maren, "Aiko", "You said the evenings are long. Here I am.");
  const { newcomer: lindiwe } = await bring(origin, tomas, "Lindiwe", "Same stairs, other door. Write when you like.");
  const { newcomer: yusuf } = await bring(origin, aiko, "Yusuf", "For the days after work.");
  const { newcomer: rosa } = await bring(origin, yusuf, "Rosa", "You drove me home that night. Thank you.");
  return { maren, tomas, aiko, lindiwe, yusuf, rosa };
}

/** Says it in the room that the two share, and waits until the other has read it; gives the entry's id. */
async function tell(from: Person, to: Person, room: string, say: () => Promise<string>, text: string): Promise<string> {
  await say();
  await settled(from);
  return reads(to, room, text);
}

const share = (from: Person, to: Person, room: string, text: string, wish: "listen" | "ask" | "stay" | "ideas" | "none") =>
  tell(from, to, room, () => from.house.rooms.log(room).share({ text, wish }), text);

const reply = (from: Person, to: Person, room: string, entry: string, text: string) => tell(from, to, room, () => from.house.rooms.log(room).reply(entry, text), text);

const roomOf = (a: Person, name: string) => {
  const bond = a.house.people.bonds.value.find(({ theirName }) => theirName === name);
  if (!bond) throw new Error(`there is no bond with ${name}`);
  return bond.room;
};

async function marenAndTomas(maren: Person, tomas: Person): Promise<void> {
  const room = roomOf(maren, "Tomas");
  const first = await share(tomas, maren, room, "I went past the hospital today, for the first time since March. I had to stop the car.", "listen");
  const answer = await reply(maren, tomas, room, first, "Thank you for telling me. I am here, and I am reading every word.");
  await tomas.house.rooms.log(room).respond(answer, "thank-you");
  await share(tomas, maren, room, "It was the smell of the place, even through the window. I did not expect that.", "listen");
  const hers = await share(maren, tomas, room, "I slept three hours. My sister called again, and I did not pick up.", "ask");
  await reply(tomas, maren, room, hers, "What would you have liked to say to her?");
  await settled(tomas);
}

async function marenAndAiko(maren: Person, aiko: Person): Promise<void> {
  const room = roomOf(maren, "Aiko");
  const first = await share(aiko, maren, room, "The form for the benefit came back. Nineteen pages. I put it in the drawer.", "ideas");
  await reply(maren, aiko, room, first, "We could do it at my table on Thursday. One page, then tea, then one page.");
  await aiko.house.asks.ask(room, { when: Date.now() + 26 * HOUR, until: Date.now() + 20 * HOUR, text: "Could you sit with me while I open it?" });
  await aiko.house.thoughts.send(room, "I saw the first swallows and thought of you.");
  await settled(aiko);
}

async function theOthers({ tomas, aiko, lindiwe, yusuf, rosa }: Record<"tomas" | "aiko" | "lindiwe" | "yusuf" | "rosa", Person>): Promise<void> {
  const stairs = roomOf(tomas, "Lindiwe");
  const night = await share(lindiwe, tomas, stairs, "My son is one year dry today. I am proud, and I am afraid.", "stay");
  await reply(tomas, lindiwe, stairs, night, "Both can be true. I am on the stairs if you want company.");
  const work = roomOf(aiko, "Yusuf");
  await share(yusuf, aiko, work, "They asked me again where I am from. I laughed, as always. I am tired of laughing.", "none");
  await aiko.house.thoughts.send(work, "");
  const drive = roomOf(yusuf, "Rosa");
  const ask = await rosa.house.asks.ask(drive, { when: null, until: Date.now() + 3 * HOUR, text: "Is this a good moment?" });
  await settled(rosa);
  await reads(yusuf, drive, "Is this a good moment?");
  await yusuf.house.asks.answer(ask, { answer: "later", at: Date.now() + 5 * HOUR, text: "After the late shift. I will write first." });
  for (const who of [tomas, aiko, yusuf]) await settled(who);
}

async function checkIns({ maren, tomas, aiko }: Record<"maren" | "tomas" | "aiko", Person>): Promise<void> {
  await maren.house.checkins.save({ weight: 6, feelings: ["tired"], opening: "", text: "Better after the walk." });
  const heavy = await tomas.house.checkins.save({ weight: 8, feelings: ["sad", "restless"], opening: "", text: "It is the time of year." });
  await tomas.house.checkins.shareWith(heavy, [roomOf(tomas, "Maren")], { wish: "stay", text: "" });
  await aiko.house.checkins.save({ weight: null, feelings: [], opening: "", text: "" });
  for (const who of [maren, tomas, aiko]) await settled(who);
}

/** Some weeks of a journal: what she wrote, how heavy it was, and what she showed to one person. */
async function marensJournal(maren: Person): Promise<void> {
  const { journal, letters } = maren.house;
  for (const { ago, text, weight, weightAfter = null, feelings = [] } of PAGES) {
    const day = new Date(Date.now() - ago * 24 * HOUR).toISOString().slice(0, 10);
    await journal.write({ text, day, feelings, weight, weightAfter, prompt: "", voice: null, written: null });
  }
  const shown = await journal.write({ ...EMPTY_PAGE, text: SHOWN, feelings: ["glad"], weight: 3 });
  await settled(maren);
  await journal.share(shown, [roomOf(maren, "Tomas")], { text: SHOWN, wish: "none", voice: false });
  await letters.write({ to: "My sister", text: "I did not pick up because I had no good news to give you. That is all it was.", voice: null });
  await settled(maren);
}

const EMPTY_PAGE = { day: new Date().toISOString().slice(0, 10), weightAfter: null, prompt: "", voice: null, written: null } as const;
const SHOWN = "The neighbour's boy rang and asked if the cat may come in from the rain. It slept on my coat all afternoon.";

interface DemoPage {
  readonly ago: number;
  readonly text: string;
  readonly weight: number;
  readonly weightAfter?: number;
  readonly feelings?: readonly string[];
}

const PAGES: readonly DemoPage[] = [
  { ago: 61, text: "I counted the ceiling boards again. Forty-one. I know the number, and I counted anyway.", weight: 9, feelings: ["worn out"] },
  { ago: 54, text: "Nobody rang today. I was glad of it, and then I was not.", weight: 8, feelings: ["lonely"] },
  { ago: 47, text: "The kitchen light went. I sat in the dark and did not mind it as much as I would have thought.", weight: 8 },
  { ago: 40, text: "I went as far as the bakery. I bought two rolls, out of habit.", weight: 7, weightAfter: 6, feelings: ["missing someone"] },
  { ago: 33, text: "A bad night. I wrote it all down and tore it up. This line stays.", weight: 9, weightAfter: 7 },
  { ago: 26, text: "Aiko was here. We said little and washed the windows.", weight: 6, feelings: ["calm"] },
  { ago: 19, text: "His birthday. I made the soup he never liked and ate all of it.", weight: 8, feelings: ["missing someone", "angry"] },
  { ago: 12, text: "I laughed at something on the radio, and looked round for someone to tell.", weight: 5 },
  { ago: 6, text: "Slept six hours in one piece. I do not dare to say what that is like.", weight: 5, feelings: ["relieved"] },
  { ago: 3, text: "I moved the chair to the window. It is a better place for it.", weight: 4, weightAfter: 4 },
];

async function main([origin, link]: string[]): Promise<void> {
  if (!origin || !link) throw new Error("The demo needs the house's origin and a steward link.");
  const all = await people(origin, link);
  await choose(all.tomas, all.rosa, "We met in the waiting room.");
  await checkIns(all);
  await marenAndTomas(all.maren, all.tomas);
  await marenAndAiko(all.maren, all.aiko);
  await marensJournal(all.maren);
  await theOthers(all);
  await theCircle(all, all.rosa);
  for (const who of Object.values(all)) await who.close();
  console.log(`\nSix people live here now. Open ${origin} in two browsers (or one private window), and sign in as two of them:\n`);
  for (const { signInName, passphrase } of [all.maren, all.tomas]) console.log(`  name: ${signInName}   passphrase: ${passphrase}`);
  console.log("\nCtrl-C closes the house and sweeps it away.");
}

await main(process.argv.slice(2));
