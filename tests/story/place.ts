// SPDX-License-Identifier: AGPL-3.0-or-later
// The house of the stories. Each story brings people of its own; every reply they get is held against the contract.
import { join } from "node:path";
import { after } from "node:test";
import { Contract } from "../contract";
import { openHouse, sweepUp, TOP, type House } from "../harness";
import { arrive, newDevice, type Device, type Person } from "../somebody";

const contract = new Contract(join(TOP, "spec"));
const people: Device[] = [];
let made: Promise<House> | null = null;

export const theHouse = (): Promise<House> => (made ??= openHouse());

/** Somebody new in the house, by a link from the operator. */
export async function somebody(name: string): Promise<Person> {
  const house = await theHouse();
  return here(await arrive(house.origin, await house.invite("house"), name, undefined, { fetch: contract.fetch }));
}

/** A browser that was never here. */
export async function blankDevice(): Promise<Device> {
  return here(await newDevice((await theHouse()).origin, { fetch: contract.fetch }));
}

/** Whoever is told of here is closed at the end. */
export function here<D extends Device>(device: D): D {
  people.push(device);
  return device;
}

after(async () => {
  for (const device of people) await device.close().catch(() => undefined);
  await sweepUp();
});
