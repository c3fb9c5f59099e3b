// SPDX-License-Identifier: AGPL-3.0-or-later
// Light or dark, and the name under the icon when the page is put on a phone's home screen. The tab's own title is always
// neutral; the home screen can be neutral too.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Theme } from "../../model/face";
import { Card, Choice, Notice, Page } from "../../ui";
import { useSettings } from "./use-setting";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export function Look() {
  const { values, set, wrong } = useSettings();
  return (
    <Page title={t("me.look")} back={{ href: "/me" }}>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <Card title={t("settings.theme")}>
        <Choice
          label={t("settings.theme")}
          hideLabel
          look="rows"
          value={values.theme}
          onChange={(theme) => set({ theme })}
          options={THEMES.map((theme) => ({ value: theme, label: t(`settings.theme-${theme}`) }))}
        />
      </Card>
      <HomeScreen />
    </Page>
  );
}

type ShownName = "neutral" | "own";

const MANIFESTS: Record<ShownName, string> = { neutral: "/neutral.webmanifest", own: "/beside.webmanifest" };

/** The browser reads the manifest when it installs, so the choice matters only then and is kept nowhere. */
function HomeScreen() {
  const [name, setName] = useState<ShownName>("neutral");
  useEffect(() => {
    document.querySelector('link[rel="manifest"]')?.setAttribute("href", MANIFESTS[name]);
  }, [name]);
  return (
    <Card title={t("settings.homeTitle")}>
      <p class="soft">{t("settings.homeHow")}</p>
      <Choice
        label={t("settings.homeName")}
        value={name}
        onChange={setName}
        options={[
          { value: "neutral", label: t("shell.neutralTitle") },
          { value: "own", label: t("shell.name") },
        ]}
      />
      <p class="soft">{t("settings.homeTab", { title: t("shell.neutralTitle") })}</p>
    </Card>
  );
}
