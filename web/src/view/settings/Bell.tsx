// SPDX-License-Identifier: AGPL-3.0-or-later
// The bell of sittings and gatherings: how loud, and whether the device may tremble with it. It is silent until chosen.
import { t } from "../../i18n";
import { Button, Card, Check, Notice, Page } from "../../ui";
import { ringBell } from "../sit/bell";
import { BellChoice } from "../sit/BellChoice";
import { useSettings } from "./use-setting";

export function Bell() {
  const { values, set, wrong } = useSettings();
  return (
    <Page title={t("me.bell")} lead={t("settings.bellLead")} back={{ href: "/me" }}>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <Card>
        <BellChoice />
        <Check checked={values.bell.vibrate} onChange={(vibrate) => set({ bell: { ...values.bell, vibrate } })} detail={t("settings.bellTrembleDetail")}>
          {t("settings.bellTremble")}
        </Check>
        <div class="row">
          <Button onClick={() => ringBell(values.bell)}>{t("settings.bellTry")}</Button>
        </div>
      </Card>
    </Page>
  );
}
