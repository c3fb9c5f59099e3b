/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The routes of the calendar feed. What a calendar program reads at its address is no call of this client.

import type { Id } from "../lib/id";
import type { Asking, Schemas } from "./client";

export function calendarCalls({ json, nothing }: Asking) {
  return {
    calendar: () => json<Schemas["Calendar"]>("GET", "/calendar"),
    /** In place of the one before, whose address answers nothing any more. */
    setCalendar: (feed: Id, title: string) => nothing("PUT", "/calendar", { body: { json: { feed, title } } }),
    endCalendar: () => nothing("DELETE", "/calendar"),
    /** The time of a plan that I said yes to. */
    putPlan: (plan: Id, start: number, minutes: number) => nothing("PUT", `/calendar/plans/${plan}`, { body: { json: { start_ms: start, minutes } } }),
    deletePlan: (plan: Id) => nothing("DELETE", `/calendar/plans/${plan}`),
  };
}
