// SPDX-License-Identifier: AGPL-3.0-or-later
// One thing that was kept: its day, its first words, and what helps to know it again. Whoever else can read it stands there by
// name. The whole row is one link, and reads as one sentence after another.
import { formatDate, formatList, formatShortDate, t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Link, VisuallyHidden } from "../../ui";
import { sayFeeling, sayWeight } from "../checkin/words";
import { noonOf, sayShortDay } from "./days";

export interface KeptRowProps {
  kept: Kept;
  firstOfDay: boolean;
  withYear: boolean;
  /** Names of those who can read it, "" if nobody else can. */
  readers: string;
  onOpen: (id: string) => void;
}

export const rowId = (id: string): string => `kept-${id}`;

export function KeptRow({ kept, firstOfDay, withYear, readers, onOpen }: KeptRowProps) {
  const notes = notesOf(kept);
  return (
    <li class="kept-row" id={rowId(kept.id)}>
      <Link href={hrefOf(kept)} class="kept-link" onClick={() => onOpen(kept.id)}>
        <span class={withYear ? "kept-day kept-day-long" : "kept-day"}>
          <Day day={kept.day} shown={firstOfDay} withYear={withYear} />
        </span>
        <span class="kept-words">
          <span class="kept-first" dir="auto">
            {titleOf(kept)}
          </span>
          {notes.length > 0 && <span class="kept-notes">{notes.join(" · ")}</span>}
          {kept.twoVersions && <span class="kept-mark">{t("journal.row.two")}</span>}
          {readers && <span class="kept-mark">{t("journal.row.shared", { names: readers })}</span>}
        </span>
      </Link>
    </li>
  );
}

function Day({ day, shown, withYear }: { day: string; shown: boolean; withYear: boolean }) {
  const words = withYear ? formatShortDate(noonOf(day)) : sayShortDay(day);
  return <time dateTime={day}>{shown ? words : <VisuallyHidden>{words}</VisuallyHidden>}</time>;
}

/** Letters have screens of their own. */
function hrefOf({ kind, id }: Kept): string {
  return kind === "letter" ? `/letters/${id}` : `/journal/${id}`;
}

function titleOf(kept: Kept): string {
  if (kept.kind === "letter" && kept.to) return t("journal.row.letter.to", { to: kept.to });
  if (kept.first) return kept.first;
  if (kept.kind === "checkin") return sayWeight(kept.weight);
  return t(kept.hasVoice ? "journal.row.voice.only" : "journal.row.empty");
}

/** What stands under the first words: what it is unless a page, and whatever the title has not said yet. */
function notesOf(kept: Kept): string[] {
  const { kind, first, feelings, hasVoice, until, weight } = kept;
  const notes: string[] = [];
  if (kind === "checkin") notes.push(t("journal.row.checkin"));
  if (kind === "letter" && until !== null) notes.push(t("journal.row.sealed", { day: formatDate(until) }));
  else if (kind === "letter" && first) notes.push(first);
  if (kind === "checkin" && first && weight !== null) notes.push(sayWeight(weight));
  if (feelings.length > 0) notes.push(formatList(feelings.map(sayFeeling)));
  if (hasVoice && (first || kind === "letter")) notes.push(t("journal.row.voice"));
  return notes;
}
