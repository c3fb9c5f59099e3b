// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Came } from "../../model/face";
import { foldCame } from "./fold";

const words = (key: string, room: string): Came => ({ kind: "reply", key, at: 1, room, person: "p", entry: key });
const bond = (key: string, room: string): Came => ({ kind: "bond", key, at: 1, room, person: "p" });

test("several words of one person are one line, the newest, and it stands for all of them", () => {
  const folded = foldCame([words("c", "r1"), words("b", "r2"), bond("x", "r1"), words("a", "r1")]);
  assert.deepEqual(
    folded.map(({ item, keys }) => [item.key, keys]),
    [
      ["c", ["c", "a"]],
      ["b", ["b"]],
      ["x", ["x"]],
    ],
  );
});
