// SPDX-License-Identifier: AGPL-3.0-or-later
// Good agreements to begin with, one line each, and more to choose from. They are only a beginning: what a circle agrees on
// is its own text, edited freely.
import { t } from "../../i18n";

const FIRST = ["stays", "self", "no-fixing", "pass", "silence", "time", "bell"] as const;
const MORE = ["note", "care", "leave", "late", "faith", "names", "speak-up", "turns"] as const;

/** What stands in the box of a new circle. */
export const firstAgreements = (): string => FIRST.map((line) => t(`circles.line.${line}`)).join("\n");

/** Lines that TEXT does not have yet. */
export function moreAgreements(text: string): string[] {
  const have = new Set(agreementLines(text));
  return [...FIRST, ...MORE].map((line) => t(`circles.line.${line}`)).filter((line) => !have.has(line));
}

export function addAgreement(text: string, line: string): string {
  const before = text.trimEnd();
  return before === "" ? line : `${before}\n${line}`;
}

/** One agreement a line, as people write them: empty lines and the marks of a list do not count. */
export function agreementLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^\s*[-*•]\s+/, "").trim())
    .filter((line) => line !== "");
}
