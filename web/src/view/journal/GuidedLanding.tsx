// SPDX-License-Identifier: AGPL-3.0-or-later
// After a sitting, however it ended: breath and ground first, then how it is now, who is there, and what becomes of the words.
// Nothing here hurries, and no way on is better than another.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Card, Link, Notice, Page, toast } from "../../ui";
import { WeightPicker } from "../checkin/WeightPicker";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";
import { Confirm } from "../talk/Confirm";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";
import type { PageDraft } from "./use-page-draft";

const STEPS = ["feet", "look", "hand", "drink", "move"] as const;
const PEOPLE = 3;

export function GuidedLanding({ draft, onBack }: { draft: PageDraft; onBack: () => void }) {
  return (
    <Page title={t("journal.guided.land.title")} lead={t("journal.guided.land.lead")}>
      <p class="guided-breath">{t("journal.guided.land.breathe")}</p>
      <Card title={t("journal.guided.land.steps")} look="sunken">
        <ul class="guided-know">
          {STEPS.map((step) => (
            <li key={step}>{t(`journal.guided.land.${step}`)}</li>
          ))}
        </ul>
      </Card>
      <WhoIsThere />
      <section class="stack stack-s" aria-labelledby="guided-after">
        <h2 id="guided-after">{t("journal.guided.land.after")}</h2>
        <p class="soft small">{t("journal.guided.land.after.hint")}</p>
        <WeightPicker value={draft.words.weightAfter ?? undefined} onPick={(weightAfter) => draft.change({ weightAfter })} />
      </section>
      <WhatBecomesOfIt draft={draft} onBack={onBack} />
    </Page>
  );
}

function WhoIsThere() {
  const { people } = useHouse();
  const bonds = livingBonds(people.bonds.value).slice(0, PEOPLE);
  return (
    <section class="stack stack-s" aria-labelledby="guided-who">
      <h2 id="guided-who">{t("journal.guided.land.who")}</h2>
      <div class="row">
        {bonds.map(({ room, name }) => (
          <ButtonLink key={room} href={`/people/${room}`}>
            {t("journal.guided.land.write", { name })}
          </ButtonLink>
        ))}
        {bonds.length > 0 && <ButtonLink href="/ask">{t("journal.guided.land.ask")}</ButtonLink>}
        <ButtonLink href="/help">{t("journal.guided.land.help")}</ButtonLink>
      </div>
    </section>
  );
}

function WhatBecomesOfIt({ draft, onBack }: { draft: PageDraft; onBack: () => void }) {
  const { journal } = useHouse();
  const [, go] = useLocation();
  const keeping = useTask();
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const text = draft.words.text.trimEnd();
  const keep = () =>
    keeping.run(async () => {
      const id = await journal.write({ ...draft.words, text });
      await draft.clear().catch(() => undefined);
      toast(t("journal.guided.kept"));
      go(`/journal/${id}`, { replace: true });
    });
  const letGo = async () => {
    await draft.clear();
    go("/journal", { replace: true });
  };
  if (text === "")
    return (
      <div class="row">
        <Button onClick={onBack}>{t("journal.guided.land.back")}</Button>
        <Button look="plain" onClick={() => void letGo()}>
          {t("journal.guided.land.end")}
        </Button>
      </div>
    );
  return (
    <section class="stack" aria-labelledby="guided-words">
      <h2 id="guided-words">{t("journal.guided.land.words")}</h2>
      <div class="row">
        <Button look="plain" expanded={shown} onClick={() => setShown(!shown)}>
          {t("journal.guided.land.look.words")}
        </Button>
      </div>
      {shown && <Words>{draft.words.text}</Words>}
      {keeping.wrong && <Notice tone="wrong">{keeping.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={keeping.busy} onClick={() => void keep()}>
          {t("journal.guided.land.keep")}
        </Button>
        <Button onClick={() => setAsking(true)}>{t("journal.guided.land.letgo")}</Button>
        <Button look="plain" onClick={onBack}>
          {t("journal.guided.land.back")}
        </Button>
      </div>
      <p class="small">
        <Link href="/journal">{t("journal.guided.land.leave")}</Link>
      </p>
      {asking && (
        <Confirm title={t("journal.guided.land.letgo.ask")} yes={t("journal.letgo.yes")} run={letGo} done={t("journal.guided.gone")} onClose={() => setAsking(false)}>
          <p>{t("journal.guided.land.letgo.say")}</p>
        </Confirm>
      )}
    </section>
  );
}
