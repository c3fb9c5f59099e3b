// SPDX-License-Identifier: AGPL-3.0-or-later
// The one house of the API suite, its contract and four people. One house for all, so that the last test can say which
// routes nobody asked.
import { join } from "node:path";
import { after } from "node:test";
import { Contract } from "../contract";
import { openHouse, sweepUp, TOP, type House } from "../harness";
import { stopListening } from "../listener";
import { newMember, type Member } from "../member";

export const contract = new Contract(join(TOP, "spec"));

interface Place {
  house: House;
  ada: Member; // the steward
  ben: Member;
  cleo: Member;
  dora: Member; // has no bond with anyone
  /** The bond of Ada and Ben. */
  room: string;
}

async function setUp(): Promise<Place> {
  const house = await openHouse();
  const ada = await newMember(house, contract.fetch, "ada", "steward");
  const ben = await newMember(house, contract.fetch, "ben");
  const cleo = await newMember(house, contract.fetch, "cleo");
  const dora = await newMember(house, contract.fetch, "dora");
  return { house, ada, ben, cleo, dora, room: await ben.bondWith(ada) };
}

let made: Promise<Place> | null = null;
export const place = (): Promise<Place> => (made ??= setUp());

after(async () => {
  stopListening();
  await sweepUp();
});
