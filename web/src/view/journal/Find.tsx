// SPDX-License-Identifier: AGPL-3.0-or-later
// Three ways to look that combine: words, a month, a feeling. Only months and feelings that occur are offered. What came out
// is told politely to those who listen.
import { useMemo } from "preact/hooks";
import { t, sortByName } from "../../i18n";
import type { Kept } from "../../model/face";
import { Field, Select } from "../../ui";
import { sayFeeling } from "../checkin/words";
import { sayMonth } from "./days";
import { feelingsIn, monthsIn } from "./grouping";
import type { Found, Looking } from "./use-find";

/** Select takes "" for "nothing picked"; here every month is a choice one can go back to. */
const ANY = "any";

export interface FindProps {
  kept: readonly Kept[];
  looking: Looking;
  found: Found;
  onLook: (looking: Looking) => void;
}

export function Find({ kept, looking, found, onLook }: FindProps) {
  const months = useMemo(() => monthsIn(kept).map((month) => ({ value: month, label: sayMonth(month) })), [kept]);
  const feelings = useMemo(
    () => sortByName(feelingsIn(kept).map((feeling) => ({ value: feeling, label: sayFeeling(feeling) })), ({ label }) => label),
    [kept],
  );
  const pick = (value: string) => (value === ANY ? "" : value);
  return (
    <search class="journal-find" aria-label={t("journal.find.label")}>
      <Field
        type="search"
        label={t("journal.find.label")}
        value={looking.words}
        onInput={(words) => onLook({ ...looking, words })}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
      <div class="journal-find-more">
        <Select
          label={t("journal.find.month")}
          value={looking.month || ANY}
          options={[{ value: ANY, label: t("journal.find.month.any") }, ...months]}
          onChange={(month) => onLook({ ...looking, month: pick(month) })}
        />
        {feelings.length > 0 && (
          <Select
            label={t("journal.find.feeling")}
            value={looking.feeling || ANY}
            options={[{ value: ANY, label: t("journal.find.feeling.any") }, ...feelings]}
            onChange={(feeling) => onLook({ ...looking, feeling: pick(feeling) })}
          />
        )}
      </div>
      <p class="journal-find-said soft" role="status">
        {sayFound(found, looking)}
      </p>
    </search>
  );
}

function sayFound(found: Found, { words }: Looking): string {
  if (found.is === "failed") return t("journal.find.failed");
  if (found.is !== "found") return "";
  if (found.list.length === 0) return t("journal.find.none");
  const count = t("journal.find.found", { count: found.list.length });
  return words.trim() === "" || found.list.length === 1 ? count : `${count} ${t("journal.find.best")}`;
}
