// SPDX-License-Identifier: AGPL-3.0-or-later
// After how long without a touch this device locks. Unsent words stay, sealed.
import { t } from "../../i18n";
import { Button, Choice, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { useSettings } from "./use-setting";

const MINUTES = [1, 5, 15, 60, 0] as const;

export function Lock() {
  const house = useHouse();
  const { values, set, wrong } = useSettings();
  const minutes = [...new Set([...MINUTES, values.autoLockMinutes])].sort((a, b) => (a || Infinity) - (b || Infinity));
  return (
    <Page title={t("me.lock")} lead={t("settings.lockLead")} back={{ href: "/me" }}>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <Choice
        label={t("settings.lockAfter")}
        look="rows"
        value={String(values.autoLockMinutes)}
        onChange={(value) => set({ autoLockMinutes: Number(value) })}
        options={minutes.map((count) => ({
          value: String(count),
          label: count === 0 ? t("settings.lockNever") : t("settings.lockMinutes", { count }),
        }))}
      />
      <div class="row">
        <Button onClick={() => void house.session.lock()}>{t("shell.lock")}</Button>
      </div>
    </Page>
  );
}
