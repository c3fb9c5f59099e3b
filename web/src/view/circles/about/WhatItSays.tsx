// SPDX-License-Identifier: AGPL-3.0-or-later
// What the circle says of itself and what is agreed there; anyone in it can change these words, and all see the change.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Circle } from "../../../model/face";
import { Button, Card, Notice, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { Words } from "../../talk/Words";
import { useTask } from "../../use-task";
import { Agreements } from "../Agreements";
import { trimmedWords, WordsFields, wordsMissing } from "../WordsFields";

export function WhatItSays({ circle }: { circle: Circle }) {
  const [changing, setChanging] = useState(false);
  if (changing) return <ChangeWords circle={circle} onDone={() => setChanging(false)} />;
  const { purpose, agreements, welcome } = circle.words;
  return (
    <>
      <Card title={t("circles.words.title")}>
        {purpose ? <Words>{purpose}</Words> : <p class="soft">{t("circles.words.none")}</p>}
        {welcome && (
          <div class="stack stack-s">
            <h3>{t("circles.welcome.title")}</h3>
            <Words>{welcome}</Words>
          </div>
        )}
      </Card>
      <Card title={t("circles.agreed.title")}>
        <Agreements text={agreements} />
        <div class="row">
          <Button onClick={() => setChanging(true)}>{t("circles.words.change")}</Button>
        </div>
      </Card>
    </>
  );
}

function ChangeWords({ circle, onDone }: { circle: Circle; onDone: () => void }) {
  const { circles } = useHouse();
  const [words, setWords] = useState(circle.words);
  const [asked, setAsked] = useState(false);
  const saving = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (wordsMissing(words)) return;
    if (!(await saving.run(() => circles.setWords(circle.room, trimmedWords(words))))) return;
    onDone();
    toast(t("circles.words.changed"));
  };
  return (
    <Card title={t("circles.words.change")}>
      <p class="soft">{t("circles.words.anyone")}</p>
      <form class="stack stack-l" onSubmit={(event) => void save(event)} noValidate>
        <WordsFields words={words} onChange={setWords} asked={asked} />
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={saving.busy}>
            {t("ui.save")}
          </Button>
          <Button look="plain" onClick={onDone}>
            {t("ui.cancel")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
