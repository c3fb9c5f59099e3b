// SPDX-License-Identifier: AGPL-3.0-or-later
// The same as the picture, in words, each day leading to what was written; a slice at a time.
import { useState } from "preact/hooks";
import { formatShortDate, t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Button, Link } from "../../ui";
import { noonOf } from "../journal/days";
import { sayFeelings, sayKind, sayWeights } from "./words";

const SLICE = 100;

export function Table({ kept }: { kept: readonly Kept[] }) {
  const [shown, setShown] = useState(SLICE);
  return (
    <div class="stack">
      <table class="lighter-table">
        <caption>{t("lighter.table")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("lighter.table.day")}</th>
            <th scope="col">{t("lighter.table.weight")}</th>
            <th scope="col">{t("lighter.table.feelings")}</th>
          </tr>
        </thead>
        <tbody>
          {kept.slice(0, shown).map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link href={`/journal/${one.id}`}>{formatShortDate(noonOf(one.day))}</Link>
                <span class="lighter-kind">{sayKind(one)}</span>
              </th>
              <td>
                {sayWeights(one).map((words) => (
                  <p key={words}>{words}</p>
                ))}
              </td>
              <td dir="auto">{sayFeelings(one.feelings)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown < kept.length && <Button onClick={() => setShown(shown + SLICE)}>{t("lighter.table.earlier")}</Button>}
    </div>
  );
}
