// SPDX-License-Identifier: AGPL-3.0-or-later
// How heavy it was, over weeks: a quiet picture for the person alone, and the same as a table. It shows what was noted and
// leaves open what was not. No average, no trend, no verdict.
import { useMemo, useState } from "preact/hooks";
import { firstWeekday, t } from "../../i18n";
import { ButtonLink, Button, Choice, Empty, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { dayOf } from "../journal/days";
import { useNow } from "../talk/when";
import { noted, partsOf, within, type Span } from "./strips";
import { Picture } from "./Picture";
import { Table } from "./Table";
import { Take } from "./Take";

const SPANS: readonly Span[] = ["weeks", "months", "year", "all"];

export function Lighter() {
  const { journal } = useHouse();
  const state = journal.state.value;
  const all = journal.kept.value;
  const kept = useMemo(() => noted(all), [all]);
  return (
    <Page title={t("lighter.title")} lead={t("lighter.lead")} back={{ href: "/journal", label: t("journal.back") }}>
      {state.is === "failed" && <Notice tone="wrong">{`${t("journal.failed")} ${sayFailure(state.failure)}`}</Notice>}
      {kept.length > 0 && <Shown kept={kept} />}
      {kept.length === 0 && state.is === "ready" && (
        <Empty title={t("lighter.empty.title")} action={<ButtonLink href="/check-in">{t("lighter.empty.checkin")}</ButtonLink>}>
          <p>{t("lighter.empty.say")}</p>
        </Empty>
      )}
      {state.is === "loading" && <Loading>{t(kept.length > 0 ? "journal.loading.more" : "journal.loading")}</Loading>}
    </Page>
  );
}

/** So few marks that the picture says little. */
const FEW = 3;

function Shown({ kept }: { kept: ReturnType<typeof noted> }) {
  const [span, setSpan] = useState<Span>("weeks");
  const [look, setLook] = useState<"picture" | "table">("picture");
  const today = dayOf(useNow());
  const weekday = firstWeekday();
  const here = useMemo(() => within(span, kept, today, weekday), [span, kept, today, weekday]);
  const parts = useMemo(() => partsOf(span, here, today, weekday), [span, here, today, weekday]);
  return (
    <div class="lighter">
      <div class="lighter-choices">
        <Choice label={t("lighter.span")} options={SPANS.map((value) => ({ value, label: t(`lighter.span.${value}`) }))} value={span} onChange={setSpan} />
        <Choice
          label={t("lighter.show")}
          options={[
            { value: "picture", label: t("lighter.show.picture") },
            { value: "table", label: t("lighter.show.table") },
          ]}
          value={look}
          onChange={setLook}
        />
      </div>
      {here.length === 0 && (
        <Empty title={t("lighter.none.title")} action={<Button onClick={() => setSpan("all")}>{t("lighter.none.all")}</Button>}>
          <p>{t("lighter.none.say")}</p>
        </Empty>
      )}
      {here.length > 0 && look === "picture" && <Picture key={span} span={span} parts={parts} />}
      {here.length > 0 && look === "table" && <Table key={span} kept={here} />}
      {here.length > 0 && here.length < FEW && <p class="soft">{t("lighter.few")}</p>}
      {here.length > 0 && <p class="soft">{t("lighter.judge")}</p>}
      {here.length > 0 && <Take span={span} parts={parts} kept={here} />}
    </div>
  );
}
