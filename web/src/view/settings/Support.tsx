// SPDX-License-Identifier: AGPL-3.0-or-later
// What this device may offer by itself: more support from a weight that the person picks, and another way now and then.
import { t } from "../../i18n";
import { Card, Check, Notice, Page, Select } from "../../ui";
import { sayWeightInFull } from "../checkin/words";
import { useSettings } from "./use-setting";

const LEVELS = [4, 5, 6, 7, 8, 9, 10];
const NEVER = "never";

export function Support() {
  const { values, set, wrong } = useSettings();
  const levels = LEVELS.map((level) => ({ value: String(level), label: sayWeightInFull(level) }));
  return (
    <Page title={t("me.support")} lead={t("settings.supportLead")} back={{ href: "/me" }}>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <Card>
        <Select
          label={t("settings.supportFrom")}
          hint={t("settings.supportFromHint")}
          value={values.supportFrom === null ? NEVER : String(values.supportFrom)}
          options={[{ value: NEVER, label: t("settings.supportNever") }, ...levels]}
          onChange={(value) => set({ supportFrom: value === NEVER ? null : Number(value) })}
        />
      </Card>
      <Card>
        <Check checked={values.offerOtherWays} onChange={(on) => set({ offerOtherWays: on })} detail={t("settings.otherWaysDetail")}>
          {t("settings.otherWays")}
        </Check>
      </Card>
    </Page>
  );
}
