// SPDX-License-Identifier: AGPL-3.0-or-later
// My letters: to whom, when, and what keeps them (a seal, a road). Not their words: those are read one at a time.
import { useState } from "preact/hooks";
import { LockKeyhole, Mail, PenLine } from "lucide-preact";
import { formatDate, formatList, t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Button, ButtonLink, Empty, Icon, Loading, Notice, Page, Row, Rows } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { sayWhen, useNow } from "../talk/when";
import { useLetter } from "./use-letter";
import { nameOf, sayTo } from "./words";

const FIRST = 30;

export function Letters() {
  const { journal, letters } = useHouse();
  const [shown, setShown] = useState(FIRST);
  const list = letters.list.value;
  const state = journal.state.value;
  const write = (
    <ButtonLink look="main" icon={PenLine} href="/letters/new">
      {t("letters.new")}
    </ButtonLink>
  );
  return (
    <Page title={t("letters.title")} lead={t("letters.lead")} back={{ href: "/journal", label: t("journal.title") }}>
      {list.length > 0 && <div class="row">{write}</div>}
      {state.is === "failed" && <Notice tone="wrong">{`${t("letters.failed")} ${sayFailure(state.failure)}`}</Notice>}
      {list.length > 0 && (
        <Rows label={t("letters.list")}>
          {list.slice(0, shown).map((kept) => (
            <LetterRow key={kept.id} kept={kept} />
          ))}
        </Rows>
      )}
      {list.length > shown && <Button onClick={() => setShown(shown + FIRST)}>{t("letters.older")}</Button>}
      {list.length === 0 && state.is === "ready" && (
        <Empty title={t("letters.empty.title")} action={write}>
          {t("letters.empty.say")}
        </Empty>
      )}
      {list.length === 0 && (state.is === "idle" || state.is === "loading") && <Loading>{t("letters.loading")}</Loading>}
    </Page>
  );
}

function LetterRow({ kept }: { kept: Kept }) {
  const house = useHouse();
  const now = useNow();
  const road = useLetter(kept.id)?.sending ?? null;
  const names = kept.sharedWith.map((room) => nameOf(house, room));
  const about = [
    kept.until !== null && t("letters.row.sealed", { day: formatDate(kept.until) }),
    road && t("letters.row.sending", { name: nameOf(house, road.room) }),
    names.length > 0 && t("letters.row.shared", { name: formatList(names) }),
    t("letters.row.written", { when: sayWhen(kept.at, now) }),
    kept.hasVoice && t("letters.row.voice"),
  ].filter((words) => words !== false && words !== null);
  return (
    <Row
      href={`/letters/${kept.id}`}
      start={<Icon of={kept.until === null ? Mail : LockKeyhole} />}
      title={<bdi>{sayTo(kept.to)}</bdi>}
      detail={about.map((words) => (
        <span key={words} class="letter-about">
          {words}
        </span>
      ))}
    />
  );
}
