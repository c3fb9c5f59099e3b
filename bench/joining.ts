// SPDX-License-Identifier: AGPL-3.0-or-later
// How soon somebody who comes by a link can read in a circle: from the knock until its words stand on the newcomer's device,
// with one member's device online: the inviter's, which acts at once, or another's, which waits a moment of its own first.
//
//   node tests/run-node.mjs --run bench/joining.ts [-- NEWCOMERS]
import type { Id } from "../web/src/model/face";
import { until } from "../tests/children";
import { openHouse, sweepUp, type House } from "../tests/harness";
import { circleOf, WORDS } from "../tests/meeting";
import { arrive, settled, type Person } from "../tests/somebody";

const NEWCOMERS = Number(process.argv[2] ?? 9);
const DAY_MS = 86_400_000;

const newPerson = async (house: House, name: string): Promise<Person> => arrive(house.origin, await house.invite("house"), name);

/** COUNT come one after the other by a link of the founder's. */
async function joined(house: House, founder: Person, room: Id, count: number, name: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const who = await newPerson(house, `${name}${i}`);
    const invite = await who.house.invites.open(links.get(room)!);
    // The account is new; what it does on its first moments is not part of this.
    await settled(who);
    await new Promise((done) => setTimeout(done, 1_000));
    const began = performance.now();
    await who.house.circles.knock(invite, who.house.me.name.value);
    await until("it can be read", () => {
      const circle = who.house.circles.circle(room).value;
      return circle?.state === "alive" && circle.words.purpose === WORDS.purpose && circle.members.some((one) => !one.me && one.name !== "");
    }, 60_000, 2);
    times.push(performance.now() - began);
    await who.close();
  }
  return times;
}

const links = new Map<Id, string>();

const row = (what: string, times: readonly number[]): void => {
  const sorted = [...times].sort((a, b) => a - b);
  console.log(`| ${what} | ${[sorted[Math.floor(sorted.length / 2)]!, sorted[0]!, sorted.at(-1)!].map(Math.round).join(" | ")} |`);
};

try {
  const house = await openHouse({ flags: ["--rate-factor", "0", "--log", "error", "--circle-size", "24"] });
  const [founder, other] = [await newPerson(house, "Founder"), await newPerson(house, "Other")];
  const room = await circleOf(founder, [other]);
  await founder.house.circles.setKeeper(room, founder.house.circles.circle(room).value!.members.find((one) => !one.me)!.person, true);
  await founder.house.circles.setRules(room, { ...founder.house.circles.circle(room).value!.rules, size: 24 });
  links.set(room, (await founder.house.circles.invite(room, { words: "", forWhom: "", expires: Date.now() + DAY_MS, uses: 24 })).link);
  await settled(founder);
  await until("the other knows the link", () => !other.house.connection.unsent.value, 10_000);
  console.log(`| from the knock until the circle can be read, ms | median of ${NEWCOMERS} | lowest | highest |\n|---|---|---|---|`);
  other.online.value = false;
  row("the inviter's device is online", await joined(house, founder, room, NEWCOMERS, "First"));
  other.online.value = true;
  founder.online.value = false;
  row("another member's device is online", await joined(house, founder, room, NEWCOMERS, "Second"));
  for (const who of [founder, other]) await who.close();
} finally {
  await sweepUp();
}
