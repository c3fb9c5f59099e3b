// SPDX-License-Identifier: AGPL-3.0-or-later
// The same words to read again, and the choice of the site that opens instead. Works without an account.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Card, Choice, Field, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { LeavingWords } from "./LeavingWords";

const SITES = ["https://www.wikipedia.org/", "https://www.bbc.com/weather", "https://www.openstreetmap.org/"] as const;
const OTHER = "other";

export function LeavingQuickly() {
  const signedIn = useHouse().session.state.value.is === "open";
  return (
    <Page title={t("exit.title")} lead={t("exit.lead")} back={{ href: signedIn ? "/me" : "/" }}>
      <Site />
      <LeavingWords />
    </Page>
  );
}

function Site() {
  const house = useHouse();
  const saving = useTask();
  const now = house.settings.values.value.quickExitSite;
  const known = SITES.find((site) => site === now);
  const [picked, setPicked] = useState<string>(known ?? OTHER);
  const [own, setOwn] = useState(known ? "" : now);
  const site = picked === OTHER ? readSite(own) : picked;
  const save = async () => {
    if (site && (await saving.run(() => house.settings.set({ quickExitSite: site })))) toast(t("exit.siteSaved"));
  };
  const options = [...SITES.map((value) => ({ value: value as string, label: new URL(value).hostname.replace(/^www\./, "") }))];
  return (
    <Card title={t("exit.siteTitle")}>
      <p class="soft">{t("exit.siteHint")}</p>
      <Choice
        label={t("exit.siteTitle")}
        hideLabel
        value={picked}
        onChange={setPicked}
        options={[...options, { value: OTHER, label: t("exit.siteOther") }]}
      />
      {picked === OTHER && (
        <Field
          label={t("exit.siteAddress")}
          type="url"
          inputMode="url"
          autocapitalize="none"
          value={own}
          onInput={setOwn}
          hint={t("exit.siteAddressHint")}
        />
      )}
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      <div class="row">
        <Button disabled={!site || site === now} busy={saving.busy} onClick={save}>
          {t("ui.save")}
        </Button>
      </div>
    </Card>
  );
}

/** An https address, written with or without its beginning; null if it is none, or leads back here. */
function readSite(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed.includes(".")) return null;
  try {
    const url = new URL(trimmed.includes("://") ? trimmed : `https://${trimmed}`);
    return url.protocol === "https:" && url.origin !== location.origin ? url.href : null;
  } catch {
    return null;
  }
}
