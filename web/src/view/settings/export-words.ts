// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of the exported Markdown: the model knows no language, so each kind of entry is put into words here.
import { formatDate, formatFullDay, formatList, formatTime, t } from "../../i18n";
import { isPrompt, loadPrompts, type Prompts } from "../../i18n/prompts";
import type { Aside, CheckinWords, Content, ExportWords, LetterWords, PageWords } from "../../model/face";
import { sayFeeling, sayWeightInFull } from "../checkin/words";
import { noonOf } from "../journal/days";
import { sayLength } from "../voice/length";

/** The questions that pages answer are fetched for it, unless they are here already. */
export async function exportWords(): Promise<ExportWords> {
  const prompts = await loadPrompts();
  return {
    title: t("export.title"),
    me: t("export.me"),
    someone: t("export.someone"),
    erased: t("export.erased"),
    untrusted: t("export.untrusted"),
    missing: t("export.missing"),
    checkins: t("export.checkins"),
    outside: t("export.outside"),
    given: t("export.given"),
    earlier: t("export.earlier"),
    twoVersions: t("export.twoVersions"),
    when,
    say,
    day: ({ day }) => formatFullDay(noonOf(day), 0),
    about: (page) => about(page, prompts),
    letterTo: (to) => (to === "" ? t("export.letter") : t("export.letterTo", { to })),
    sealed,
    voice: (ms) => t("export.voice", { length: sayLength(ms) }),
    noVoice: (ms) => t("export.noVoice", { length: sayLength(ms) }),
  };
}

function about({ prompt, feelings, weight, weightAfter, written }: PageWords, prompts: Prompts): string[] {
  const parts: string[] = [];
  const sitting = /^guided:(\d+)$/.exec(prompt)?.[1];
  if (sitting !== undefined) parts.push(t("journal.guided.prompt", { number: Number(sitting) }));
  else if (isPrompt(prompts, prompt)) parts.push(t("export.prompt", { question: prompts[prompt] }));
  if (feelings.length > 0) parts.push(t("export.feelings", { feelings: formatList(feelings.map(sayFeeling)) }));
  if (weight !== null) parts.push(t(weightAfter === null ? "export.weight" : "export.before", { weight: sayWeightInFull(weight) }));
  if (weightAfter !== null) parts.push(t("export.after", { weight: sayWeightInFull(weightAfter) }));
  if (written !== null) parts.push(t("journal.read.written", { day: formatDate(written) }));
  return parts;
}

function sealed({ until }: LetterWords): string {
  return t("export.sealed", { day: formatDate(until ?? 0) });
}

function when(at: number): string {
  return t("ui.dayAndTime", { day: formatDate(at), time: formatTime(at) });
}

function say(content: Content): string {
  switch (content.kind) {
    case "share":
      return lines(content.text, content.checkin && sayCheckin(content.checkin), t(`export.wish-${content.wish}`));
    case "reply":
      return content.text;
    case "response":
      return t(`export.word-${content.word}`);
    case "thought":
      return lines(t("export.thought"), content.text);
    case "ask":
      return lines(sayAsk(content), content.text);
    case "answer":
      return lines(content.at === null ? t(`export.answer-${content.answer}`) : t("export.answerAt", { when: when(content.at) }), content.text);
    case "taking":
      return t(`export.taking-${content.step}`);
    case "thanks":
      return lines(t("export.thanks"), content.text);
    case "plan":
      return lines(t("export.plan", { when: when(content.start) }), content.text, content.where === "" ? null : t("export.where", { where: content.where }));
    case "going":
      return t(`export.going-${content.answer}`);
    case "aside":
      return sayAside(content.said);
    case "gift":
      return lines(t(`export.gift-${content.way}`, { day: formatFullDay(noonOf(content.day), 0) }), content.text);
    case "afterwards":
      return t(`export.afterwards-${content.of.what}`, { feel: t(`export.feel-${content.feel}`) });
    case "checkin":
      return sayCheckin(content.checkin);
    case "page":
    case "letter":
    case "edit":
    case "shared":
    case "sending":
    case "circle":
    case "door":
    case "gathering":
    case "turn":
    case "box":
    case "heard":
      return t("export.unknown");
    case "name":
      return t("export.name", { name: content.name });
    case "goodbye":
      return lines(t("export.goodbye"), content.text);
    case "unknown":
      return t("export.unknown");
  }
}

function sayAside(said: Aside): string {
  switch (said.kind) {
    case "response":
      return t(`export.word-${said.word}`);
    case "kindness":
    case "parting":
    case "thanks":
      return lines(t(`export.${said.kind}`), said.text);
    case "all-right":
      return t("export.allRight");
  }
}

function sayAsk({ what, when: at }: Extract<Content, { kind: "ask" }>): string {
  const [now, then] = ({ talk: ["askNow", "askAt"], sit: ["sitNow", "sitAt"], help: ["help", "helpAt"] } as const)[what];
  return at === null ? t(`export.${now}`) : t(`export.${then}`, { when: when(at) });
}

function sayCheckin({ weight, feelings, opening, text }: CheckinWords): string {
  const words = feelings.length === 0 ? null : t("export.feelings", { feelings: formatList(feelings.map(sayFeeling)) });
  return lines(t("export.weight", { weight: sayWeightInFull(weight) }), words, opening, text);
}

function lines(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join("\n\n");
}
