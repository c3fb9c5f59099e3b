// SPDX-License-Identifier: AGPL-3.0-or-later
// Help lines of the country that the person picked. Works offline and without an account; nothing is sent to anyone by
// looking. The country is never guessed from an address.
import { formatCountry, sortByName, t } from "../../i18n";
import { ButtonLink, Card, Notice, OutsideLink, Page, Select } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { HelpLineCard } from "./HelpLineCard";
import { ageOf, countriesWithLines, linesOf } from "./helplines";

const COUNTRIES = sortByName(
  countriesWithLines().map((iso) => ({ value: iso, label: formatCountry(iso) })),
  ({ label }) => label,
);

export function Help() {
  const house = useHouse();
  const country = house.settings.values.value.country;
  const saving = useTask();
  const pick = (iso: string) => void saving.run(() => house.settings.set({ country: iso }));
  return (
    <Page title={t("help.title")} lead={t("help.lead")}>
      <Select
        label={t("help.country")}
        unpicked={t("help.pick")}
        value={country ?? ""}
        options={COUNTRIES}
        onChange={pick}
      />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      {country && <Lines country={country} />}
      <Elsewhere />
      {house.session.state.value.is === "open" && <SomeoneHere />}
    </Page>
  );
}

function Lines({ country }: { country: string }) {
  const now = new Date();
  const all = linesOf(country);
  const shown = all.filter((line) => ageOf(line.date, now) !== "too-old");
  const folded = all.filter((line) => ageOf(line.date, now) === "too-old");
  const emergency = shown.filter((line) => line.kind === "emergency");
  const talking = shown.filter((line) => line.kind === "helpline");
  return (
    <>
      {emergency.map((line) => (
        <HelpLineCard key={line.service} line={line} urgent />
      ))}
      {talking.length > 0 && (
        <section class="stack" aria-labelledby="help-talking">
          <h2 id="help-talking">{t("help.talking")}</h2>
          {talking.map((line) => (
            <HelpLineCard key={line.service} line={line} />
          ))}
        </section>
      )}
      {talking.length === 0 && <Notice live={false}>{t("help.noLine", { country: formatCountry(country) })}</Notice>}
      {folded.length > 0 && (
        <details class="help-folded">
          <summary>{t("help.folded")}</summary>
          <div class="stack">
            <p class="soft">{t("help.foldedWhy")}</p>
            {folded.map((line) => (
              <HelpLineCard key={line.service} line={line} />
            ))}
          </div>
        </details>
      )}
      <p class="soft small">{t("help.notTried")}</p>
    </>
  );
}

/** Two places that keep lists for many countries; opening them leaves this page. */
function Elsewhere() {
  return (
    <Card title={t("help.elsewhere")} look="sunken">
      <p>{t("help.elsewhereLead")}</p>
      <ul class="prose">
        <li>
          <OutsideLink href="https://findahelpline.com/">findahelpline.com</OutsideLink>
        </li>
        <li>
          <OutsideLink href="https://befrienders.org/">befrienders.org</OutsideLink>
        </li>
      </ul>
    </Card>
  );
}

function SomeoneHere() {
  return (
    <Card title={t("help.someone")}>
      <p>{t("help.someoneLead")}</p>
      <div class="row">
        <ButtonLink href="/people">{t("help.someoneGo")}</ButtonLink>
      </div>
    </Card>
  );
}
