// SPDX-License-Identifier: AGPL-3.0-or-later
// What was not read, by reason and name. Closed at first: with a Day One export it names every picture.
import { t } from "../../i18n";
import type { ImportPreview } from "../../model/face";
import { Fold } from "../../ui";

type Why = ImportPreview["unread"][number]["why"];

/** What a person may want to mend comes before what was left out on purpose. */
const REASONS: readonly Why[] = ["no-date", "too-long", "broken", "not-text", "left-out"];
const NAMED = 200;

export function Unread({ unread }: { unread: ImportPreview["unread"] }) {
  if (unread.length === 0) return null;
  return (
    <Fold title={t("importing.unread.title")}>
      <div class="stack">
        <p class="soft">{t("importing.unread.say")}</p>
        {REASONS.map((why) => (
          <OneReason key={why} why={why} names={unread.filter((one) => one.why === why).map(({ name }) => name)} />
        ))}
      </div>
    </Fold>
  );
}

function OneReason({ why, names }: { why: Why; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div>
      <h3>{t(`importing.unread.${why}`)}</h3>
      <ul class="bring-names">
        {names.slice(0, NAMED).map((name) => (
          <li key={name} dir="auto">
            {name}
          </li>
        ))}
        {names.length > NAMED && <li>{t("importing.unread.more", { count: names.length - NAMED })}</li>}
      </ul>
    </div>
  );
}
