// SPDX-License-Identifier: AGPL-3.0-or-later
// The checks are checked: a planted fault must be found, and a sound tree must pass.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

declare const __TOP__: string;

function check(script: string, tree: Record<string, string>): { code: number | null; said: string } {
  const top = mkdtempSync(join(tmpdir(), "beside-check-"));
  try {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(__TOP__, "scripts", script), top], { encoding: "utf8" });
    return { code: status, said: stdout + stderr };
  } finally {
    rmSync(top, { recursive: true });
  }
}

function finds(script: string, tree: Record<string, string>, words: RegExp): void {
  const { code, said } = check(script, tree);
  assert.match(said, words);
  assert.equal(code, 1);
}

const soundC = { "src/lib/err.h": "", "src/store/store.h": '#include "lib/err.h"\n', "src/room/room.c": '#include <stdio.h>\n#include "store/store.h"\n' };
const soundWeb = {
  "web/src/lib/bytes.ts": "export const zero = 0;\n",
  "web/src/crypto/face.ts": 'import sodium from "libsodium-wrappers-sumo";\nimport { zero } from "../lib/bytes";\n',
  "web/src/ui/button.tsx": 'import "./button.css";\n',
  "web/src/view/today.tsx": 'import { zero } from "../lib/bytes";\nimport { Button } from "../ui/button";\n',
};

test("arrows: a tree whose arrows point right passes", () => {
  const { code, said } = check("arrows.mjs", { ...soundC, ...soundWeb });
  assert.equal(code, 0, said);
});

test("arrows: a C file that includes to its left is found", () => {
  finds("arrows.mjs", { ...soundC, "src/store/store.c": '#include "room/room.h"\n', "src/room/room.h": "" }, /src\/store\/store\.c:1: store may not reach left to room/);
});

test("arrows: sqlite outside its one file is found", () => {
  finds("arrows.mjs", { ...soundC, "src/room/room_store.c": "#include <sqlite3.h>\n" }, /room_store\.c:1: sqlite3\.h is kept to/);
});

test("arrows: a folder that nobody placed is found", () => {
  finds("arrows.mjs", { ...soundC, "src/extra/a.c": '#include "lib/err.h"\n' }, /"extra" has no place/);
});

test("arrows: a model that imports a view is found, also over several lines and by import()", () => {
  const view = { "web/src/view/today.tsx": "export const today = 1;\n" };
  finds("arrows.mjs", { ...view, "web/src/model/house.ts": 'import {\n  today,\n} from "../view/today";\n' }, /model may not reach left to view/);
  finds("arrows.mjs", { ...view, "web/src/model/house.ts": 'const lazy = () => import("../view/today");\n' }, /model may not reach left to view/);
});

test("arrows: only view imports ui", () => {
  finds("arrows.mjs", { ...soundWeb, "web/src/model/house.ts": 'import { Button } from "../ui/button";\n' }, /only view imports ui, not model/);
});

test("arrows: libsodium outside crypto is found", () => {
  finds("arrows.mjs", { "web/src/model/house.ts": 'import sodium from "libsodium-wrappers-sumo";\n' }, /libsodium-wrappers-sumo is kept to/);
});

test("arrows: the model may know the type of a key, and not the words", () => {
  const words = { "web/src/i18n/en.ts": "export const en = {};\nexport type Key = string;\n" };
  assert.equal(check("arrows.mjs", { ...words, "web/src/model/a.ts": 'import type { Key } from "../i18n/en";\n' }).code, 0);
  finds("arrows.mjs", { ...words, "web/src/model/a.ts": 'import { en } from "../i18n/en";\n' }, /model may not read the words/);
});

test("words: a catalogue of short, plain sentences passes", () => {
  const { code, said } = check("words.mjs", {
    "web/src/i18n/en.ts": 'export const en = { "today.ask": "How are you, really?", later: (when: string) => `I can talk ${when}. I care.` };\n',
    "web/src/view/today.tsx": 'export const Today = () => <p title={t("a")}>{t("today.ask")} ·</p>;\n',
    "spec/room.yaml": "properties:\n  epoch:\n    type: integer\n",
  });
  assert.equal(code, 0, said);
});

test("words: a banned word and a long sentence are found", () => {
  finds("words.mjs", { "web/src/i18n/en.ts": 'export const en = { a: "You should rest." };\n' }, /en\.ts:1: says "should"/);
  finds("words.mjs", { "web/src/i18n/en.ts": 'export const en = { a: "Remember, you’re not alone" };\n' }, /says "you're not alone"/);
  const long = Array.from({ length: 21 }, (_, i) => `word${i}`).join(" ");
  finds("words.mjs", { "web/src/i18n/en.ts": `export const en = { a: "Short. ${long}." };\n` }, /a sentence of 21 words/);
});

test("words: text on a screen that is not in the catalogue is found", () => {
  finds("words.mjs", { "web/src/view/a.tsx": "export const A = () => <p>Hello there</p>;\n" }, /"Hello there" is not in the catalogue/);
  finds("words.mjs", { "web/src/ui/a.tsx": 'export const A = () => <button aria-label="Close" />;\n' }, /aria-label="Close" is not in the catalogue/);
});

test("words: a score in the API is found", () => {
  finds("words.mjs", { "spec/person.yaml": "properties:\n  score:\n    type: integer\n" }, /the API has no "score"/);
});
