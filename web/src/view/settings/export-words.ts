// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of the exported Markdown: the model knows no language, so each kind of entry is put into words here.
import { formatDate, formatTime, t } from "../../i18n";
import type { CheckinWords, Content, ExportWords } from "../../model/face";

export const exportWords: ExportWords = {
  title: t("export.title"),
  me: t("export.me"),
  erased: t("export.erased"),
  untrusted: t("export.untrusted"),
  missing: t("export.missing"),
  checkins: t("export.checkins"),
  outside: t("export.outside"),
  when,
  say,
};

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
      return lines(content.when === null ? t("export.askNow") : t("export.askAt", { when: when(content.when) }), content.text);
    case "answer":
      return lines(content.at === null ? t(`export.answer-${content.answer}`) : t("export.answerAt", { when: when(content.at) }), content.text);
    case "checkin":
      return sayCheckin(content.checkin);
    case "page":
    case "letter":
    case "edit":
    case "shared":
    case "sending":
      return t("export.unknown");
    case "name":
      return t("export.name", { name: content.name });
    case "goodbye":
      return lines(t("export.goodbye"), content.text);
    case "unknown":
      return t("export.unknown");
  }
}

function sayCheckin({ weight, feelings, opening, text }: CheckinWords): string {
  const weightWords = weight === null ? t("export.weightUnsaid") : t("export.weight", { weight });
  return lines(weightWords, feelings.join(", "), opening, text);
}

function lines(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join("\n\n");
}
