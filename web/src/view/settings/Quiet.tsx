// SPDX-License-Identifier: AGPL-3.0-or-later
// Quiet hours: what comes for me then is held back on this device and shown afterwards. And one suggestion a week, only
// for those who ask for it.
import { t } from "../../i18n";
import { Card, Check, Field, Notice, Page } from "../../ui";
import { useSettings } from "./use-setting";

export function Quiet() {
  const { values, set, wrong } = useSettings();
  const quiet = values.quietHours;
  const change = (edge: "from" | "to", text: string) => {
    const hour = Number(text.slice(0, 2));
    if (text !== "" && Number.isInteger(hour)) set({ quietHours: { ...quiet, [edge]: hour } });
  };
  return (
    <Page title={t("me.quiet")} lead={t("settings.quietLead")} back={{ href: "/me" }}>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <Card>
        <Check checked={quiet.on} onChange={(on) => set({ quietHours: { ...quiet, on } })}>
          {t("settings.quietOn")}
        </Check>
        {quiet.on && (
          <div class="row">
            <HourField label={t("settings.quietFrom")} hour={quiet.from} onHour={(text) => change("from", text)} />
            <HourField label={t("settings.quietTo")} hour={quiet.to} onHour={(text) => change("to", text)} />
          </div>
        )}
      </Card>
      <Card>
        <Check checked={values.suggestPeople} onChange={(on) => set({ suggestPeople: on })} detail={t("settings.suggestDetail")}>
          {t("settings.suggest")}
        </Check>
      </Card>
    </Page>
  );
}

const MINUTES_IN_HOUR = ":00";

function HourField({ label, hour, onHour }: { label: string; hour: number; onHour: (text: string) => void }) {
  return <Field label={label} type="time" value={String(hour).padStart(2, "0") + MINUTES_IN_HOUR} onInput={onHour} />;
}
