// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import type { Content, Line, Log, Wish } from "../../model/face";
import { aimOf, wishOver, type EntryLine } from "./compose";

let count = 0;

function entry(mine: boolean, content: Content, responses: EntryLine["responses"] = []): EntryLine {
  const id = `entry-${++count}`;
  return {
    is: "entry",
    key: id,
    id,
    seq: count,
    at: count,
    author: mine ? "me" : "them",
    mine,
    content,
    place: { is: "sent", undoUntil: null },
    responses,
    answer: null,
    heard: true,
  };
}

const share = (mine: boolean, wish: Wish) => entry(mine, { kind: "share", text: "words", wish, checkin: null, voice: null, note: null });
const reply = (mine: boolean, to: string) => entry(mine, { kind: "reply", to, text: "words", voice: null });

/** Only what the box looks at. */
function logOf(lines: readonly Line[], open: EntryLine | null): Log {
  const wish = open?.content.kind === "share" ? { share: open.id, wish: open.content.wish } : null;
  return { lines: signal(lines), wish: signal(wish) } as unknown as Log;
}

test("their newest words are what the box replies to, under the wish that came with them", () => {
  const theirs = share(false, "listen");
  assert.deepEqual(aimOf(logOf([theirs], theirs), null), { is: "reply", to: theirs.id, wish: "listen" });
});

test("a reply of theirs to my words carries no wish over to me", () => {
  const mine = share(true, "ask");
  const theirs = reply(false, mine.id);
  assert.deepEqual(aimOf(logOf([mine, theirs], null), null), { is: "reply", to: theirs.id, wish: null });
});

test("a reply of theirs within their own share keeps the wish of that share", () => {
  const theirs = share(false, "stay");
  const mine = reply(true, theirs.id);
  const more = reply(false, mine.id);
  assert.equal(wishOver([theirs, mine, more], more.id), "stay");
});

test("after my own words the box is for something new, with the wish I used last", () => {
  const mine = share(true, "stay");
  assert.deepEqual(aimOf(logOf([mine], null), null), { is: "new", wish: "stay" });
});

test("an older share still waits, unless it needs no reply or has a word from me", () => {
  const waits = share(false, "listen");
  const mine = share(true, "ask");
  assert.equal(aimOf(logOf([waits, mine], waits), null).is, "reply");

  const owesNothing = share(false, "none");
  assert.equal(aimOf(logOf([owesNothing, mine], owesNothing), null).is, "new");

  const heard = { ...waits, responses: [{ id: "r", word: "me-too", author: "me", mine: true, at: 1 } as const] };
  assert.equal(aimOf(logOf([heard, mine], heard), null).is, "new");
});

test("where the person pointed the box wins over everything, as long as the words are there", () => {
  const first = share(false, "ask");
  const second = share(false, "listen");
  const log = logOf([first, second], second);
  assert.deepEqual(aimOf(log, { text: "", to: first.id }), { is: "reply", to: first.id, wish: "ask" });
  assert.deepEqual(aimOf(log, { text: "", wish: "none" }), { is: "new", wish: "none" });
  assert.deepEqual(aimOf(log, { text: "", to: "gone" }), { is: "reply", to: second.id, wish: "listen" });
});

test("words that reply to each other in a ring do not trap the page", () => {
  const a = { ...reply(false, "b"), id: "a" };
  const b = { ...reply(false, "a"), id: "b" };
  assert.equal(wishOver([a, b], "a"), null);
});
