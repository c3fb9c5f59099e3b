// SPDX-License-Identifier: AGPL-3.0-or-later
// Before a sitting: what it is, that one may feel worse at first, that it does not help everyone, and that one can stop. Words
// left from a sitting that was not ended come first.
import { t } from "../../i18n";
import { Button, ButtonLink, Card, Choice, Page } from "../../ui";
import { WeightPicker } from "../checkin/WeightPicker";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { dayOf } from "./days";
import { LENGTHS, sittingsOf, type Minutes } from "./sitting";
import { BACK } from "./use-page";
import type { PageDraft } from "./use-page-draft";

const KNOW = ["time", "worse", "mixed", "stop", "not"] as const;

export interface GuidedBeforeProps {
  draft: PageDraft;
  sitting: number;
  /** Words of a sitting that was left are still here. */
  left: boolean;
  minutes: Minutes;
  onMinutes: (minutes: Minutes) => void;
  onBegin: () => void;
  onLand: () => void;
}

export function GuidedBefore(props: GuidedBeforeProps) {
  const { draft, sitting, left, minutes } = props;
  return (
    <Page title={t("journal.guided.title")} lead={t("journal.guided.lead")} back={BACK()}>
      {left && <LeftWords onLand={props.onLand} />}
      <Card title={t("journal.guided.know")} look="sunken">
        <ul class="guided-know">
          {KNOW.map((key) => (
            <li key={key}>{t(`journal.guided.know.${key}`)}</li>
          ))}
        </ul>
      </Card>
      <p>{t("journal.guided.which", { count: sitting })}</p>
      <TodayAlready />
      <Choice
        label={t("journal.guided.length")}
        options={LENGTHS.map((length) => ({ value: String(length), label: t(`journal.guided.length.${length}`) }))}
        value={String(minutes)}
        onChange={(value) => props.onMinutes(value === "20" ? 20 : 15)}
      />
      <section class="stack stack-s" aria-labelledby="guided-before">
        <h2 id="guided-before">{t("journal.guided.before")}</h2>
        <p class="soft small">{t("journal.guided.before.hint")}</p>
        <WeightPicker value={draft.words.weight ?? undefined} onPick={(weight) => draft.change({ weight })} />
      </section>
      <div class="row">
        <Button look="main" onClick={props.onBegin}>
          {t("journal.guided.begin")}
        </Button>
        <ButtonLink look="plain" href="/journal">
          {t("journal.guided.notNow")}
        </ButtonLink>
      </div>
    </Page>
  );
}

function LeftWords({ onLand }: { onLand: () => void }) {
  return (
    <Card title={t("journal.guided.left.title")} look="warm">
      <p>{t("journal.guided.left.say")}</p>
      <div class="row">
        <Button onClick={onLand}>{t("journal.guided.left.land")}</Button>
      </div>
    </Card>
  );
}

/** One sitting a day is plenty; it is said, not forbidden. */
function TodayAlready() {
  const { journal } = useHouse();
  const now = useNow();
  const today = sittingsOf(journal.kept.value, now).some(({ at }) => dayOf(at) === dayOf(now));
  return today ? <p class="soft">{t("journal.guided.tomorrow")}</p> : null;
}
