// SPDX-License-Identifier: AGPL-3.0-or-later
// The house about itself. The lists come from the comments of the schema it really runs on, so they cannot disagree with
// it; the sentences above them say what follows: what could be handed over, and what could not.
import { useEffect } from "preact/hooks";
import { Eye, Lock } from "lucide-preact";
import { t } from "../../i18n";
import type { AboutHouse as About, HouseFacts } from "../../model/face";
import { Button, Card, Icon, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";

export function AboutHouse() {
  const { about, session } = useHouse();
  useEffect(() => void about.load().catch(() => undefined), [about]);
  const facts = about.facts.value;
  const known = about.about.value;
  const state = about.aboutState.value;
  return (
    <Page
      width="wide"
      title={facts ? t("house.title", { house: facts.name }) : t("house.titlePlain")}
      lead={t("house.lead")}
      back={{ href: session.state.value.is === "open" ? "/me" : "/" }}
    >
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => void about.load().catch(() => undefined)}>{t("ui.tryAgain")}</Button>}>
          {sayFailure(state.failure)}
        </Notice>
      )}
      {state.is === "loading" && !known && <Loading />}
      {known && <Meaning about={known} />}
      <Weakest />
      {known && <Tables about={known} />}
      {facts && <Program facts={facts} />}
    </Page>
  );
}

function Meaning({ about }: { about: About }) {
  return (
    <div class="house-meaning">
      <Sentences title={t("house.cannotTitle")} of={about.cannotHandOver} />
      <Sentences title={t("house.canTitle")} of={about.canHandOver} />
    </div>
  );
}

/** The house's own sentences, beside its schema in the source. */
function Sentences({ title, of }: { title: string; of: readonly string[] }) {
  return (
    <Card title={title}>
      <ul class="prose">
        {of.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}

function Weakest() {
  return (
    <Card title={t("house.weakTitle")} look="warm">
      <p>{t("house.weak1")}</p>
      <p>{t("house.weak2")}</p>
    </Card>
  );
}

function Tables({ about }: { about: About }) {
  return (
    <section class="stack" aria-labelledby="house-tables">
      <h2 id="house-tables">{t("house.tablesTitle")}</h2>
      <p class="soft">{t("house.tablesLead")}</p>
      <ul class="house-key" role="list">
        <li>
          <Kind kind="sealed" /> {t("house.sealedMeans")}
        </li>
        <li>
          <Kind kind="clear" /> {t("house.clearMeans")}
        </li>
      </ul>
      <div class="house-tables">
        {about.tables.map((table) => (
          <details key={table.name} class="house-table">
            <summary class="house-table-head">
              <span class="house-table-name">{table.name}</span>
              <span class="house-table-about">{table.about}</span>
            </summary>
            <ul class="house-columns" role="list">
              {table.columns.map((column) => (
                <li key={column.name} class="house-column">
                  <Kind kind={column.kind} />
                  <span class="house-column-name">{column.name}</span>
                  <span class="house-column-about">{column.about}</span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

function Kind({ kind }: { kind: "clear" | "sealed" }) {
  return (
    <span class={`house-kind house-kind-${kind}`}>
      <Icon of={kind === "sealed" ? Lock : Eye} size="s" />
      <span>{t(`house.${kind}`)}</span>
    </span>
  );
}

function Program({ facts }: { facts: HouseFacts }) {
  return (
    <Card title={t("house.programTitle")} look="sunken">
      <p>{t("house.program")}</p>
      <dl class="house-program">
        <dt>{t("house.version")}</dt>
        <dd>{facts.version}</dd>
        <dt>{t("house.client")}</dt>
        <dd class="house-hash">{facts.client}</dd>
      </dl>
    </Card>
  );
}
