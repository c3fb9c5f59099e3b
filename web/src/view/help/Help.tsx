// SPDX-License-Identifier: AGPL-3.0-or-later
// Help lines of the country that the person picked. Works offline and without an account; nothing is sent to anyone by
// looking. The country is never guessed from an address.
import { formatCountry, sortByName, t } from "../../i18n";
import { ButtonLink, Card, Fold, Notice, OutsideLink, Page, Select } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { HelpLineCard } from "./HelpLineCard";
import { ageOf, countriesWithLines, linesOf, type HelpLine } from "./helplines";

const COUNTRIES = sortByName(
  countriesWithLines().map((iso) => ({ value: iso, label: formatCountry(iso) })),
  ({ label }) => label,
);

export function Help() {
  const house = useHouse();
  const country = house.settings.values.value.country;
  return (
    <Page width="wide" title={t("help.title")} lead={t("help.lead")}>
      <div class="help-columns">
        <div class="stack help-now">
          <Country />
          {country && <Emergency country={country} />}
        </div>
        {country && <Talking country={country} />}
        <div class="stack help-more">
          <Elsewhere />
          {house.session.state.value.is === "open" && <SomeoneHere />}
        </div>
      </div>
    </Page>
  );
}

function Country() {
  const house = useHouse();
  const saving = useTask();
  const pick = (iso: string) => void saving.run(() => house.settings.set({ country: iso }));
  return (
    <>
      <Select
        label={t("help.country")}
        unpicked={t("help.pick")}
        value={house.settings.values.value.country ?? ""}
        options={COUNTRIES}
        onChange={pick}
      />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
    </>
  );
}

function Emergency({ country }: { country: string }) {
  const lines = linesOf(country).filter((line) => line.kind === "emergency" && ageOf(line.date, new Date()) !== "too-old");
  return (
    <>
      {lines.map((line) => (
        <HelpLineCard key={line.service} line={line} urgent />
      ))}
    </>
  );
}

function Talking({ country }: { country: string }) {
  const now = new Date();
  const lines = linesOf(country).filter((line) => line.kind === "helpline");
  const shown = lines.filter((line) => ageOf(line.date, now) !== "too-old");
  const folded = lines.filter((line) => ageOf(line.date, now) === "too-old");
  return (
    <section class="stack help-talking" aria-labelledby="help-talking">
      <h2 id="help-talking">{t("help.talking")}</h2>
      {shown.map((line) => (
        <HelpLineCard key={line.service} line={line} />
      ))}
      {shown.length === 0 && <Notice live={false}>{t("help.noLine", { country: formatCountry(country) })}</Notice>}
      {folded.length > 0 && <Folded lines={folded} />}
      <p class="soft small">{t("help.notTried")}</p>
    </section>
  );
}

function Folded({ lines }: { lines: readonly HelpLine[] }) {
  return (
    <Fold title={t("help.folded")}>
      <div class="stack">
        <p class="soft">{t("help.foldedWhy")}</p>
        {lines.map((line) => (
          <HelpLineCard key={line.service} line={line} />
        ))}
      </div>
    </Fold>
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
