// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes the help lines that the client carries, from a table of tab-separated values (columns: iso, country, service, phone,
// text_chat, web, hours, languages, source, source_date, confidence, kind, notes). Only rows of high and medium confidence
// go in, each with its source and date. Numbers stay as they are dialled inside the country; what can be dialled as it
// stands gets a link of its own. Run it when the table changes, read the difference, commit the result.
//
//   node scripts/helplines.mjs TABLE.tsv > web/src/view/help/helplines.json
import { readFileSync } from "node:fs";

const TRUSTED = new Set(["high", "medium"]);

function rowsOf(table) {
  const [head, ...lines] = table.trimEnd().split("\n");
  const names = head.split("\t");
  return lines.map((line) => Object.fromEntries(line.split("\t").map((value, place) => [names[place], value.trim()])));
}

// "999; ambulance 998" and "112 (ambulance 144)" are two numbers.
function numbersOf(phone) {
  return inFull(phone)
    .replace(/ ?\(((?:ambulance|police)[^()]*)\)/g, "; $1")
    .split(/;|,|\bor\b/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((text) => ({ text, dial: dialOf(text) }));
}

// "09 2525 0111 (fi); 0112 (sv), same prefix": the later ones get the beginning of the first.
function inFull(phone) {
  const [numbers, short] = phone.split(/,? same prefix$/);
  if (short === undefined) return phone;
  const beginning = numbers.match(/^[\d ]+ (?=\d+ \()/)?.[0] ?? "";
  return numbers.replaceAll("; ", `; ${beginning}`);
}

// What a phone can dial of it, or null. A number with an extension is text only: the rest is said to a person. An area
// code may stand in brackets, and digits in brackets may say letters again: "800-HOPE (800 4673)".
function dialOf(text) {
  if (/extension/.test(text)) return null;
  const spelled = text.match(/[A-Z]{3}.*\(([\d -]+)\)/)?.[1];
  const found = spelled ? [spelled] : text.replace(/ option \d/, "").match(/[+*(]?\d[\d *#()-]*\d|\d+/g);
  return found?.length === 1 ? found[0].replace(/[ ()-]/g, "") : null;
}

// "checked 2026-11-24", "2023", "about 2025"; an undated copy has no date.
function dateOf(text) {
  return text.startsWith("undated") ? null : (text.match(/\d{4}(-\d\d){0,2}/)?.[0] ?? null);
}

function lineOf(row) {
  return {
    iso: row.iso,
    kind: row.kind,
    service: row.service,
    numbers: numbersOf(row.phone),
    chat: row.text_chat,
    web: /^https:\/\//.test(row.web) ? row.web : "",
    hours: row.hours,
    languages: row.languages.replace(/\s*\(not confirmed\)/, ""),
    date: dateOf(row.source_date),
    source: row.source,
  };
}

const lines = rowsOf(readFileSync(process.argv[2], "utf8"))
  .filter((row) => TRUSTED.has(row.confidence))
  .map(lineOf);
console.log(`[\n${lines.map((line) => JSON.stringify(line)).join(",\n")}\n]`);
