/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The times of plans that I said yes to, in my calendar feed: the one thing of a plan that the house learns, and only while there is
// a feed. What was put there stands in the vault, so that a later no takes it away from whichever device it is said.

import { computed, effect, signal } from "@preact/signals";
import type { Id } from "../lib/id";
import { endOf, KEPT_MS } from "./carrying_fold";
import { createQueue, type Core } from "./core";
import type { Calendar, Ms, Plan } from "./face";
import { toFailure } from "./failure";
import type { Vault } from "./vault";

export interface CarryingFeedDeps {
  readonly vault: Pick<Vault, "item" | "set" | "get">;
  readonly calendar: Pick<Calendar, "feed" | "state">;
  /** Of all rooms; FAR: looked for as far back as plans are. Reads signals. */
  readonly plans: (far: boolean) => readonly Plan[];
}

/** By plan: "start/minutes" as they were put. */
type Put = Readonly<Record<Id, string>>;

const ITEM = "planned";
const RETRY_MS = 30_000;

const timeOf = ({ start, minutes }: Pick<Plan, "start" | "minutes">): string => `${start}/${minutes}`;

/** What is to be put and removed. A plan that is not known here (its room is not read so far back) stays as it is. */
export function feedChanges(held: Put, plans: readonly Plan[], on: boolean, now: Ms): { readonly put: readonly Plan[]; readonly remove: readonly Id[]; readonly forget: readonly Id[] } {
  if (!on) return { put: [], remove: Object.keys(held), forget: [] };
  const yes = plans.filter(({ myAnswer, state, place }) => myAnswer === "yes" && state !== "taken-back" && place.is !== "refused");
  const put = yes.filter((plan) => plan.state === "ahead" && held[plan.id] !== timeOf(plan));
  const known = new Set(plans.map(({ id }) => id));
  const stays = new Set(yes.map(({ id }) => id));
  const over = (id: Id) => !known.has(id) && isOver(held[id]!, now);
  return { put, remove: Object.keys(held).filter((id) => known.has(id) && !stays.has(id)), forget: Object.keys(held).filter(over) };
}

function isOver(time: string, now: Ms): boolean {
  const [start = 0, minutes = 0] = time.split("/").map(Number);
  return endOf(start, minutes) + KEPT_MS < now;
}

/** Keeps the feed as it is to be, from the tab that leads. Gives the way to stop. */
export function keepFeed(core: Core, { vault, calendar, plans }: CarryingFeedDeps): () => void {
  const inOrder = createQueue();
  const again = signal({});
  const item = vault.item(ITEM);
  let timer: unknown = null;

  const held = (): Put => {
    const { feed, plans: put } = item.peek() ?? {};
    return feed === (calendar.feed.peek()?.address ?? feed) && typeof put === "object" && put !== null ? (put as Put) : {};
  };

  const changes = computed(() => {
    const [known, feed] = [item.value?.feed, calendar.feed.value?.address];
    void again.value;
    if (core.state.value.is !== "open" || !core.leading.value || calendar.state.value.is !== "ready") return null;
    // A feed that was made anew is filled anew, with all that is ahead: to put a time twice is harmless.
    return feedChanges(held(), feed === undefined ? [] : plans(feed !== known), feed !== undefined, core.clock.now());
  });

  async function renew(): Promise<void> {
    const { era } = core;
    const now = changes.peek();
    if (now === null || now.put.length + now.remove.length + now.forget.length === 0) return;
    const left = new Map(Object.entries(held()));
    try {
      for (const id of now.remove) {
        await core.api.deletePlan(id);
        left.delete(id);
      }
      for (const plan of now.put) {
        await core.api.putPlan(plan.id, plan.start, plan.minutes);
        left.set(plan.id, timeOf(plan));
      }
    } catch (error) {
      const { code } = toFailure(error);
      if (code === "offline" || code === "busy") later();
      else if (code === "session-ended") throw error;
    }
    if (core.era !== era) return;
    for (const id of now.forget) left.delete(id);
    const feed = calendar.feed.peek()?.address ?? "";
    if (feed !== item.peek()?.feed || JSON.stringify([...left]) !== JSON.stringify(Object.entries(held()))) await vault.set(ITEM, { feed, plans: Object.fromEntries(left) }, true);
  }

  function later(): void {
    core.platform.clearTimeout(timer);
    timer = core.platform.setTimeout(() => (again.value = {}), RETRY_MS);
  }

  const stop = effect(() => {
    if (changes.value !== null) core.background(() => inOrder(renew));
  });
  return () => {
    core.platform.clearTimeout(timer);
    stop();
  };
}
