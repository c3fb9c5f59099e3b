// SPDX-License-Identifier: AGPL-3.0-or-later
// The journal: ways to begin, a way to find, and what was kept, newest first. Nothing is counted, nothing is judged; what was
// found is numbered only because someone looked for it.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { Find } from "./Find";
import { KeptList } from "./KeptList";
import { EVERYTHING, isLooking, useFound, usePlace, type Looking } from "./use-find";
import { Ways } from "./Ways";

export function Journal() {
  const { journal } = useHouse();
  const anything = journal.kept.value.length > 0;
  const state = journal.state.value;
  return (
    <Page width="wide" title={t("journal.title")} lead={t("journal.lead")}>
      <div class="journal">
        <Ways />
        <div class="journal-kept">
          {state.is === "failed" && <Notice tone="wrong">{`${t("journal.failed")} ${sayFailure(state.failure)}`}</Notice>}
          {anything && <Shelf />}
          {!anything && state.is === "ready" && <First />}
          {(state.is === "loading" || state.is === "idle") && <Loading>{t(anything ? "journal.loading.more" : "journal.loading")}</Loading>}
        </div>
      </div>
    </Page>
  );
}

function First() {
  return (
    <Empty title={t("journal.empty.title")} action={<ButtonLink href="/journal/new">{t("journal.way.write")}</ButtonLink>}>
      <p>{t("journal.empty.say")}</p>
      <p>{t("journal.empty.bring")}</p>
    </Empty>
  );
}

function Shelf() {
  const { journal } = useHouse();
  const place = usePlace();
  const [looking, setLooking] = useState(place.looking);
  const found = useFound(looking);
  const all = journal.kept.value;
  const look = (next: Looking) => {
    Object.assign(place, { looking: next, opened: null });
    setLooking(next);
  };
  const shown = found.is === "found" ? found.list : found.is === "looking" ? (found.before ?? all) : all;
  const byWords = looking.words.trim() !== "" && shown !== all;
  return (
    <>
      <Find kept={all} looking={looking} found={found} onLook={look} />
      {found.is === "found" && found.list.length === 0 && <NothingFits looking={looking} onClear={() => look(EVERYTHING)} />}
      <KeptList key={`${looking.words}/${looking.month}/${looking.feeling}`} kept={shown} byWords={byWords} />
    </>
  );
}

function NothingFits({ looking, onClear }: { looking: Looking; onClear: () => void }) {
  return (
    <div class="stack stack-s">
      {looking.words.trim() !== "" && <p class="soft">{t("journal.find.none.words")}</p>}
      {(looking.month !== "" || looking.feeling !== "") && isLooking(looking) && <p class="soft">{t("journal.find.none.filters")}</p>}
      {looking.words.trim() !== "" && <p class="soft">{t("journal.find.none.voice")}</p>}
      <div class="row">
        <Button onClick={onClear}>{t("journal.find.clear")}</Button>
      </div>
    </div>
  );
}
