// SPDX-License-Identifier: AGPL-3.0-or-later
// Checks the words that people read: short sentences, nothing that blames or patronises, nothing outside the catalogue.
// Reads every string of web/src/i18n (whatever shape the catalogue has), every piece of text that a screen would show
// without the catalogue, and the names in the API for things this house never has. It cannot tell whether a sentence is kind.
//
//   node scripts/words.mjs [TOP]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const LONGEST_SENTENCE = 20;

// Said of people it hurts, or promises what is not true at three in the morning.
const BANNED = [
  "committed suicide",
  "commit suicide",
  "failed attempt",
  "mentally ill",
  "suffering from",
  "suffers from",
  "victim",
  "victims",
  "should",
  "shouldn't",
  "you are not alone",
  "you're not alone",
  "passed away",
  "reach out",
];

// Nothing is counted, ranked or rewarded here, so nothing may be called so, neither on screens nor in the API.
const NEVER = ["streak", "streaks", "badge", "badges", "points", "leaderboard", "ranking", "karma", "likes", "followers", "last seen", "read receipt", "is typing"];
const NEVER_IN_API = /^(streaks?|badges?|points|score|rank|level|karma|likes?|followers?|last_seen\w*|read_(at|ms)|typing|total_\w+|average\w*)$/;

// Attributes that are read aloud or shown.
const SHOWN = new Set(["title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "label"]);

function files(top, folder, ending) {
  if (!existsSync(join(top, folder))) return [];
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) return files(top, path, ending);
    return ending.test(item.name) ? [path] : [];
  });
}

function parse(top, path) {
  return ts.createSourceFile(path, readFileSync(join(top, path), "utf8"), ts.ScriptTarget.ES2022, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

function eachNode(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => eachNode(child, visit));
}

// A filled-in place counts as one word.
function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `X${span.literal.text}`).join("");
  return null;
}

// Strings that are names for the program: keys, imports, types, comparisons.
function isForTheProgram({ parent }, node) {
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isCaseClause(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.getText().includes("=="))
  );
}

function sentences(text) {
  return text
    .replace(/\{[^}]*\}/g, "X")
    .split(/(?<=[.!?…:;])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

function wrongText(text) {
  const wrong = [];
  const plain = text.toLowerCase().replaceAll("’", "'");
  for (const words of [...BANNED, ...NEVER]) if (new RegExp(`(?<![\\w'])${words}(?![\\w'])`).test(plain)) wrong.push(`says "${words}"`);
  for (const sentence of sentences(text)) {
    const count = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    if (count > LONGEST_SENTENCE) wrong.push(`has a sentence of ${count} words: "${sentence}"`);
  }
  return wrong;
}

const place = (source, node) => `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

function wrongInCatalogue(top) {
  const wrong = [];
  for (const path of files(top, "web/src/i18n", /(?<!\.test)\.tsx?$/)) {
    const source = parse(top, path);
    eachNode(source, (node) => {
      const text = textOf(node);
      if (text === null || isForTheProgram(node, node)) return;
      for (const why of wrongText(text)) wrong.push(`${place(source, node)}: ${why}`);
    });
  }
  return wrong;
}

// A word that a person reads goes through t(), or it cannot be translated and is not checked above.
function wrongOnScreens(top) {
  const wrong = [];
  // A bare address of a site is the same in every language.
  const hasWord = (text) => /\p{L}{2,}/u.test(text) && !/^\s*[\w-]+(\.[\w-]+)*\.[a-z]{2,}\s*$/.test(text);
  for (const path of [...files(top, "web/src/view", /\.tsx$/), ...files(top, "web/src/ui", /\.tsx$/)]) {
    const source = parse(top, path);
    eachNode(source, (node) => {
      if (ts.isJsxText(node) && hasWord(node.text)) wrong.push(`${place(source, node)}: "${node.text.trim()}" is not in the catalogue`);
      if (!ts.isJsxAttribute(node) || !SHOWN.has(node.name.getText())) return;
      if (node.initializer && ts.isStringLiteral(node.initializer) && hasWord(node.initializer.text))
        wrong.push(`${place(source, node)}: ${node.name.getText()}="${node.initializer.text}" is not in the catalogue`);
    });
  }
  return wrong;
}

function wrongInApi(top) {
  const wrong = [];
  for (const path of files(top, "spec", /\.ya?ml$/)) {
    readFileSync(join(top, path), "utf8")
      .split("\n")
      .forEach((line, index) => {
        const name = line.match(/^\s*"?([A-Za-z_]+)"?:(\s|$)/)?.[1];
        if (name && NEVER_IN_API.test(name)) wrong.push(`${path}:${index + 1}: the API has no "${name}"`);
      });
  }
  return wrong;
}

const top = process.argv[2] ?? ".";
const wrong = [...wrongInCatalogue(top), ...wrongOnScreens(top), ...wrongInApi(top)];
for (const line of wrong) console.log(line);
console.log(wrong.length === 0 ? "The words hold." : `${wrong.length} places to mend.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
