// SPDX-License-Identifier: AGPL-3.0-or-later
// Each who sits here is a light that breathes slowly; for whoever wants no motion it is still. There is nothing else to see:
// who comes is simply there, who goes is simply gone.
import { t } from "../../i18n";
import type { Sitting } from "../../model/face";
import "./Lights.css";

export function Lights({ people }: { people: Sitting["people"] }) {
  return (
    <ul class="lights" aria-label={t("sit.lights")}>
      {people.map(({ person, name, me }, place) => (
        <li class={`light${me ? " light-me" : ""}`} key={person} style={{ "--place": place }}>
          <span class="light-glow" aria-hidden="true" />
          <span class="light-name">{me ? t("sit.me") : name || t("talk.someone")}</span>
        </li>
      ))}
    </ul>
  );
}
