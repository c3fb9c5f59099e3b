// SPDX-License-Identifier: AGPL-3.0-or-later
// A page that two devices changed without knowing of one another: both versions, and three ways on. None of them loses a word.
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { PageWords, Version, Whole } from "../../model/face";
import { Button, Card, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { sayWhen, useNow } from "../talk/when";
import { useTask } from "../use-task";
import { sayDay } from "./days";
import { editKey } from "./EditPage";
import { joined } from "./joined";
import { LetGo } from "./LetGo";
import { PageAsWritten } from "./PageAsWritten";
import { BACK } from "./use-page";
import { WhoReads } from "./WhoReads";

export function TwoVersions({ whole }: { whole: Whole<PageWords> }) {
  const { journal, drafts } = useHouse();
  const [, go] = useLocation();
  const now = useNow();
  const keeping = useTask();
  const { newest } = whole;
  const after = newest.map(({ id }) => id);
  const keep = async ({ words }: Version<PageWords>) => {
    if (await keeping.run(() => journal.edit(whole.id, words, after))) toast(t("journal.two.done"));
  };
  const both = () => {
    const page = joined(newest.map(({ words }) => words));
    drafts.write(editKey(whole.id), { text: page.text, page, after });
    go(`/journal/${whole.id}/edit`);
  };
  return (
    <Page width="wide" title={sayDay(newest.at(-1)?.words.day ?? "", now)} back={BACK()}>
      <Notice title={t("journal.two.title")}>{t("journal.two.say")}</Notice>
      <div class="two-versions">
        {newest.map((version, place) => (
          <Card key={version.id} title={t("journal.two.which", { number: place + 1, when: sayWhen(version.at, now) })}>
            <PageAsWritten words={version.words} />
            <div class="stack stack-s">
              <div class="row">
                <Button busy={keeping.busy} onClick={() => void keep(version)}>
                  {t("journal.two.keep")}
                </Button>
              </div>
              <p class="soft small">{t("journal.two.keep.say")}</p>
            </div>
          </Card>
        ))}
      </div>
      {keeping.wrong && <Notice tone="wrong">{keeping.wrong}</Notice>}
      <div class="stack stack-s">
        <div class="row">
          <Button look="main" onClick={both}>
            {t("journal.two.both")}
          </Button>
        </div>
        <p class="soft small">{t("journal.two.both.say")}</p>
      </div>
      <WhoReads id={whole.id} shared={whole.shared} openHref={`/journal/${whole.id}/share`} />
      <LetGo id={whole.id} shared={whole.shared} />
    </Page>
  );
}
