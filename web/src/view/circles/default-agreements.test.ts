// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bringInside } from "../../i18n";
import { addAgreement, agreementLines, firstAgreements, moreAgreements } from "./default-agreements";

before(bringInside);

test("agreements are read one a line, whatever marks people put before them", () => {
  assert.deepEqual(agreementLines("- We listen.\n\n * We pass.\n• We rest.\n"), ["We listen.", "We pass.", "We rest."]);
});

test("a line that stands there already is not offered again, and one that was taken out is", () => {
  const first = firstAgreements();
  const lines = agreementLines(first);
  assert.ok(lines.length >= 6 && !moreAgreements(first).some((line) => lines.includes(line)));
  assert.ok(moreAgreements(lines.slice(1).join("\n")).includes(lines[0]!));
});

test("a line is added at the end, without an empty one between", () => {
  assert.equal(addAgreement("", "We rest."), "We rest.");
  assert.equal(addAgreement("We listen.\n\n", "We rest."), "We listen.\nWe rest.");
});
