// SPDX-License-Identifier: AGPL-3.0-or-later
// The name I am called by. People I have a bond with get the new one, sealed; the house never sees it.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Field, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function Name() {
  const house = useHouse();
  const [name, setName] = useState(house.me.name.value);
  const saving = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    if (name.trim() && (await saving.run(() => house.me.setName(name.trim())))) toast(t("settings.saved"));
  };
  return (
    <Page title={t("me.name")} lead={t("settings.nameLead")} back={{ href: "/me" }}>
      <form class="stack" onSubmit={save}>
        <Field label={t("arrive.called")} maxLength={80} required value={name} onInput={setName} />
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={saving.busy}>
            {t("ui.save")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
