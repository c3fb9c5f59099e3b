// SPDX-License-Identifier: AGPL-3.0-or-later
// After something was done together: lighter, the same, heavier. One touch, for oneself alone, and it can be left out. Each
// of the others is asked the same and sees only their own.
import { t } from "../../i18n";
import type { Afterwards as Feel, JustDone } from "../../model/face";
import { Choice, Link, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

const FEELS: readonly Feel[] = ["lighter", "same", "heavier"];

export function Afterwards({ of }: { of: JustDone }) {
  const { giving } = useHouse();
  const saving = useTask();
  const said = giving.afterwards(of.id).value;
  return (
    <div class="stack stack-s">
      <Choice
        label={t("given.after")}
        hint={t("given.after.hint")}
        options={FEELS.map((value) => ({ value, label: t(`given.after.${value}`) }))}
        value={said}
        onChange={(feel) => void saving.run(() => giving.sayAfterwards(of, feel))}
      />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      {said !== null && (
        <p role="status">
          {t("given.after.kept")} <Link href="/given">{t("given.after.more")}</Link>
        </p>
      )}
    </div>
  );
}
