// SPDX-License-Identifier: AGPL-3.0-or-later
// The front door for someone who is not signed in here: what this is in three lines, and the three ways in.
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import type { GoneWhy } from "../../model/face";
import { ButtonLink, Mark, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";

export function Welcome() {
  const house = useHouse();
  useEffect(() => void house.about.load().catch(() => undefined), [house]);
  const name = house.about.facts.value?.name;
  const session = house.session.state.value;
  return (
    <div class="welcome">
      <div class="welcome-picture" aria-hidden="true">
        <Mark size="l" />
      </div>
      <Page title={t("welcome.title")} lead={name && t("welcome.house", { house: name })}>
        {session.is === "none" && session.why !== "never" && <Gone why={session.why} />}
        <ul class="welcome-lines" role="list">
          <li>{t("welcome.line1")}</li>
          <li>{t("welcome.line2")}</li>
          <li>{t("welcome.line3")}</li>
        </ul>
        <div class="stack">
          <ButtonLink look="main" wide href="/sign-in">
            {t("welcome.signIn")}
          </ButtonLink>
          <ButtonLink wide href="/recover">
            {t("welcome.recover")}
          </ButtonLink>
        </div>
        <p class="soft">{t("welcome.invited")}</p>
      </Page>
    </div>
  );
}

function Gone({ why }: { why: Exclude<GoneWhy, "never"> }) {
  return <Notice tone={why === "ended-elsewhere" || why === "no-passphrase" ? "warm" : "done"}>{t(`welcome.${why}`)}</Notice>;
}
