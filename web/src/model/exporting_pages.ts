/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The Markdown of an export: talks, check-ins, pages, letters. Pure. People's words stand as they wrote them; names and other
// single lines lose whatever Markdown would take for its own.

import type { Id } from "../lib/id";
import type { Bond, CheckinWords, Content, ExportWords, LetterWords, Line, Ms, OutsidePerson, PageWords, VoiceNote } from "./face";
import type { Standing, StandingVersion } from "./shelf";

/** The way from a file to a voice file, null if that could not be had. */
export type VoiceAt = (note: VoiceNote) => string | null;

export const markdown = (...paragraphs: readonly string[]): string => paragraphs.filter((one) => one !== "").join("\n\n") + "\n";

// ── Talks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whose a line is, by the name that it is to have in the file. */
export type Who = (line: { readonly mine: boolean; readonly author?: Id }) => string;

/** ABOUT: what stands before what was said. */
export function talkPage(title: string, lines: readonly Line[], words: ExportWords, who: Who, voiceAt: VoiceAt, about: readonly string[] = []): string {
  return markdown(`# ${inline(title)}`, ...about, ...lines.map((line) => lineOf(line, words, who, voiceAt)));
}

function lineOf(line: Line, words: ExportWords, who: Who, voiceAt: VoiceAt): string {
  if (line.is === "missing") return `*${words.missing}*`;
  if (line.is === "untrusted") return `*${words.when(line.at)}: ${words.untrusted}*`;
  if (line.is === "erased") return `*${words.when(line.at)}, ${inline(who(line))}: ${words.erased}*`;
  const said = [words.say(line.content), voiceLine(voiceOf(line.content), words, voiceAt)].filter((one) => one !== "").join("\n\n");
  const responses = line.responses.map((one) => `> — ${inline(who(one))}: ${words.say({ kind: "response", to: line.id, word: one.word })}`);
  return [`**${inline(who(line))}**, ${words.when(line.at)}`, "", quoted(said), ...responses].join("\n");
}

export function voiceOf(content: Content): VoiceNote | null {
  return content.kind === "share" || content.kind === "reply" ? content.voice : null;
}

/** Oldest first. */
export function givenPage(given: readonly { readonly at: Ms; readonly content: Content }[], words: ExportWords): string {
  return markdown(`# ${words.given}`, ...given.map(({ at, content }) => `**${words.when(at)}**\n\n${quoted(words.say(content))}`));
}

export function outsidePage(outside: readonly OutsidePerson[], words: ExportWords): string {
  return markdown(`# ${words.outside}`, ...outside.flatMap(({ name, phone, email, note }) => [`## ${inline(name)}`, phone, email, note]));
}

// ── What I keep for myself ────────────────────────────────────────────────────────────────────────────────────────────

export function checkinsPage(checkins: readonly { readonly at: Ms; readonly checkin: CheckinWords }[], words: ExportWords): string {
  const parts = checkins.map(({ at, checkin }) => `**${words.when(at)}**\n\n${quoted(words.say({ kind: "checkin", checkin }))}`);
  return markdown(`# ${words.checkins}`, ...parts);
}

/** With a front matter that other journals read: the day, and when it was written. */
export function journalPage(standing: Standing, words: ExportWords, voiceAt: VoiceAt): string {
  const newest = standing.newest.flatMap(({ page }) => page ?? []);
  const last = newest[newest.length - 1]!;
  const say = ({ page }: StandingVersion) => (page === null ? "" : markdown(...words.about(page), page.text, voiceLine(page.voice, words, voiceAt)).trimEnd());
  const front = ["---", `date: ${last.day}`, `created: ${new Date(last.written ?? standing.at).toISOString()}`, "---"].join("\n");
  return markdown(front, `# ${words.day(last)}`, ...versions(standing, words, say));
}

export function letterPage(standing: Standing, words: ExportWords, voiceAt: VoiceAt): string {
  const last = standing.newest[standing.newest.length - 1]!.letter!;
  const say = ({ letter }: StandingVersion) => (letter === null ? "" : letterWords(letter, words, voiceAt));
  return markdown(`# ${inline(words.letterTo(last.to))}`, words.when(standing.at), ...versions(standing, words, say));
}

function letterWords(letter: LetterWords, words: ExportWords, voiceAt: VoiceAt): string {
  if (letter.sealed !== null) return `*${words.sealed(letter)}*`;
  return markdown(letter.text, voiceLine(letter.voice, words, voiceAt)).trimEnd();
}

/** The newest as it is; if there are two, both; then the earlier ones, the latest of them first. */
function versions({ versions: all, newest }: Standing, words: ExportWords, say: (version: StandingVersion) => string): string[] {
  const earlier = all.filter(({ id }) => !newest.some((one) => one.id === id)).reverse();
  const dated = (version: StandingVersion) => [`### ${words.when(version.at)}`, say(version)];
  const now = newest.length === 1 ? [say(newest[0]!)] : [`## ${words.twoVersions}`, ...newest.flatMap(dated)];
  return earlier.length === 0 ? now : [...now, `## ${words.earlier}`, ...earlier.flatMap(dated)];
}

function voiceLine(note: VoiceNote | null, words: ExportWords, voiceAt: VoiceAt): string {
  if (note === null) return "";
  const path = voiceAt(note);
  return path === null ? `*${words.noVoice(note.ms)}*` : `[${inline(words.voice(note.ms))}](${path})`;
}

// ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Safe on every file system, and still to be recognised. */
export function fileWords(text: string, most = 40): string {
  const plain = text.normalize("NFC").replace(/[^\p{L}\p{N} _-]/gu, " ").replace(/\s+/g, " ").trim();
  return [...plain].slice(0, most).join("").trim();
}

/** The number keeps two of the same name apart. */
export function bondFile(bond: Bond, i: number): string {
  return `${String(i + 1).padStart(3, "0")} ${fileWords(bond.name)}`.trim();
}

/** "journal/2026/2026-11-24 First words": days sort, and each file has its own name. */
export function pageFile({ text, day }: PageWords): string {
  return `journal/${day.slice(0, 4)}/${`${day} ${fileWords(text.slice(0, 200))}`.trim()}`;
}

/** A name on one line, without a meaning in Markdown. */
function inline(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#]/g, (mark) => `\\${mark}`);
}

const quoted = (text: string): string => text.split("\n").map((one) => `> ${one}`).join("\n");
