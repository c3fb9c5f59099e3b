// SPDX-License-Identifier: AGPL-3.0-or-later
// Checks the arrows between folders: a file may include or import only what stands to the right of its own folder.
// Prints each wrong arrow with its place and ends with 1 if there is one. Not a linter: it reads only includes and
// imports, and knows only the two lines below (ARCHITECTURE.md says why they run that way).
//
//   node scripts/arrows.mjs [TOP]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const C = "main cmd api notify board talk calendar gathering circle bond voice room vault invite safety session person house http outbound store event crypt lib".split(" ");
const WEB = "main sw view model local api crypto ui lib".split(" ");

// Foreign things that one folder keeps to itself, so that the rest cannot come to lean on them.
const KEPT_C = [
  { what: /^sqlite3\.h$/, by: /^src\/store\/store_sqlite/ },
  { what: /^libpq-fe\.h$/, by: /^src\/store\/store_pg/ },
  { what: /^microhttpd\.h$/, by: /^src\/http\// },
  { what: /^libical\//, by: /^src\/(gathering\/series|calendar\/)/ },
];
const KEPT_WEB = [
  { what: /^libsodium/, by: /^web\/src\/crypto\// },
  { what: /^(idb|fake-indexeddb)(\/|$)/, by: /^web\/src\/(local\/|.*\.test\.ts$)/ },
  { what: /^(preact|wouter-preact|lucide-preact|@preact\/signals)(\/|$)/, by: /^web\/src\/(main|sw|view|ui|i18n|model)/ },
  { what: /^preact(\/|$)/, by: /^web\/src\/(main|view|ui|i18n)/ },
  { what: /\.css$/, by: /^web\/src\/(main|view|ui)/ },
];

function files(top, folder, ending) {
  if (!existsSync(join(top, folder))) return [];
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) return files(top, path, ending);
    return ending.test(item.name) ? [path] : [];
  });
}

// "src/room/room.c" and "src/main.c" stand in the folders "room" and "main".
function layerOf(path, root) {
  const rest = path.slice(root.length + 1).split("/");
  return rest.length > 1 ? rest[0] : rest[0].replace(/\..*$/, "");
}

function wrongStep(line, from, to) {
  if (from === to) return null;
  if (!line.includes(from)) return `the folder "${from}" has no place on the line ${line.join(" · ")}`;
  if (!line.includes(to)) return `the folder "${to}" has no place on the line ${line.join(" · ")}`;
  return line.indexOf(to) > line.indexOf(from) ? null : `${from} may not reach left to ${to}`;
}

function keptElsewhere(rules, path, target) {
  const rule = rules.find(({ what, by }) => what.test(target) && !by.test(path));
  return rule ? `${target} is kept to ${rule.by.source.replaceAll("\\", "")}` : null;
}

function places(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => ({ match, line: text.slice(0, match.index).split("\n").length }));
}

function wrongInC(top) {
  const wrong = [];
  for (const path of files(top, "src", /\.[ch]$/)) {
    for (const { match, line } of places(readFileSync(join(top, path), "utf8"), /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)) {
      const [, mark, target] = match;
      const local = [`src/${target}`, normalize(join(dirname(path), target))].find((place) => existsSync(join(top, place)));
      const why = mark === '"' && local ? wrongStep(C, layerOf(path, "src"), layerOf(local, "src")) : keptElsewhere(KEPT_C, path, target);
      if (why) wrong.push(`${path}:${line}: ${why}`);
    }
  }
  return wrong;
}

// The catalogue of words stands beside the line: screens and parts read it, the model may know only the type of its keys,
// and it reads nothing but lib.
function wrongWords(from, to, isType) {
  if (from === "i18n") return to === "i18n" || to === "lib" ? null : `the words may not reach ${to}`;
  if (["main", "sw", "view", "ui"].includes(from)) return null;
  return from === "model" && isType ? null : `${from} may not read the words`;
}

function wrongWebStep(path, from, to, isType) {
  if (to === "i18n" || from === "i18n") return wrongWords(from, to, isType);
  if (to === "ui" && from !== "ui" && from !== "view" && !(from === "main" && /\.css$/.test(path))) return `only view imports ui, not ${from}`;
  return wrongStep(WEB, from, to);
}

// import … from "x" · import "x" · export … from "x" · import("x") · new URL("x", import.meta.url)
const IMPORT = /^[ \t]*(?:import|export)\b([^"';]*?)(?:\bfrom[ \t\n]*)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)|\bnew URL\(\s*["'](\.[^"'\n]+)["']/gm;

function wrongInWeb(top) {
  const wrong = [];
  for (const path of files(top, "web/src", /\.(tsx?|mjs|css)$/)) {
    for (const { match, line } of places(readFileSync(join(top, path), "utf8"), IMPORT)) {
      const target = match[2] ?? match[3] ?? match[4];
      const isType = /^\s*type\b/.test(match[1] ?? "");
      const local = target.startsWith(".") ? normalize(join(dirname(path), target)) : null;
      let why = keptElsewhere(KEPT_WEB, path, target);
      if (local?.startsWith("web/src/")) why ??= wrongWebStep(target, layerOf(path, "web/src"), layerOf(local, "web/src"), isType);
      if (why) wrong.push(`${path}:${line}: ${why}`);
    }
  }
  return wrong;
}

const top = process.argv[2] ?? ".";
const wrong = [...wrongInC(top), ...wrongInWeb(top)];
for (const line of wrong) console.log(line);
console.log(wrong.length === 0 ? "Every arrow between folders points to the right." : `${wrong.length} wrong arrows.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
