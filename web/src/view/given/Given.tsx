// SPDX-License-Identifier: AGPL-3.0-or-later
// What I gave and what I was given, in words, for me alone. Nothing is added up, and the one is not held against the other.
import { useState } from "preact/hooks";
import { formatDate, t } from "../../i18n";
import type { Gift } from "../../model/face";
import { Button, Card, Choice, Empty, Notice, Page, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { dayOf, noonOf } from "../journal/days";
import { Confirm } from "../talk/Confirm";
import { useDraftText } from "../talk/use-draft-text";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";

const WAYS: readonly Gift["way"][] = ["received", "gave"];

export function Given() {
  const { giving } = useHouse();
  const older = useTask();
  const gifts = giving.gifts.value;
  return (
    <Page title={t("given.title")} lead={t("given.lead")} back={{ href: "/journal", label: t("journal.title") }}>
      <WriteGift />
      {gifts.length === 0 && !giving.hasOlder.value && <Empty title={t("given.empty")} />}
      <ul class="stack" role="list" aria-label={t("given.list")}>
        {gifts.map((gift) => (
          <li key={gift.id}>
            <OneGift gift={gift} />
          </li>
        ))}
      </ul>
      {older.wrong && <Notice tone="wrong">{older.wrong}</Notice>}
      {giving.hasOlder.value && (
        <Button busy={older.busy} onClick={() => void older.run(() => giving.loadOlder())}>
          {t("given.older")}
        </Button>
      )}
    </Page>
  );
}

function WriteGift() {
  const { giving } = useHouse();
  const words = useDraftText("gift");
  const saving = useTask();
  const [way, setWay] = useState<Gift["way"]>("received");
  const save = () =>
    saving.run(async () => {
      await giving.write({ way, text: words.text.trim(), day: dayOf(Date.now()) });
      words.clear();
      toast(t("given.kept"));
    });
  return (
    <Card>
      <Choice label={t("given.way")} options={WAYS.map((value) => ({ value, label: t(`given.${value}`) }))} value={way} onChange={setWay} />
      <TextArea label={t(`given.${way}.label`)} hint={t(`given.${way}.hint`)} value={words.text} onInput={words.write} rows={2} />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={saving.busy} disabled={words.text.trim() === ""} onClick={() => void save()}>
          {t("given.keep")}
        </Button>
      </div>
    </Card>
  );
}

function OneGift({ gift }: { gift: Gift }) {
  const { giving } = useHouse();
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t(`given.${gift.way}.on`, { day: formatDate(noonOf(gift.day)) })}>
      <Words>{gift.text}</Words>
      <div class="row">
        <Button look="plain" onClick={() => setAsking(true)}>
          {t("given.letgo")}
        </Button>
      </div>
      {asking && (
        <Confirm title={t("given.letgo.ask")} yes={t("given.letgo.yes")} run={() => giving.letGo(gift.id)} onClose={() => setAsking(false)}>
          <p>{t("given.letgo.say")}</p>
        </Confirm>
      )}
    </Card>
  );
}
