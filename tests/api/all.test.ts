// SPDX-License-Identifier: AGPL-3.0-or-later
// The API suite, as one program with one house, so that its last test can say what the contract promises and nobody tried.
import "./house";
import "./person";
import "./session";
import "./invite";
import "./room";
import "./voice";
import "./vault";
import "./safety";
import "./stream";
import "./signal";
import "./circle";
import "./gathering";
import "./calendar";
import "./every-route";
import assert from "node:assert/strict";
import { test } from "node:test";
import { contract, place } from "./place";

test("nothing that was asked shows in the house's log as words, names or addresses", async () => {
  const { house } = await place();
  assert.doesNotMatch(house.log(), /127\.0\.0\.1:\d+.*(GET|PUT|POST)|it rained all day|correct horse|Beside-Invite|beside=/);
});

test("every route was asked, and gave every answer of its own that the contract promises", () => {
  const { routes, statuses } = contract.unseen();
  assert.deepEqual(routes, []);
  // Answers to limits of rate and to broken machines have tests of their own (tests/hard).
  assert.deepEqual(statuses.filter((line) => !/ (429|4XX|5XX)$/.test(line)), []);
});
