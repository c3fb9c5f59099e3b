// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles that want to be found, each by its own line, and the way to ask. Whether there is a place is said in words; how
// many are in a circle is not said at all.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { ListedCircle } from "../../model/face";
import { Button, Field, Loading, Notice, Sheet, TextArea, toast } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useTask } from "../use-task";

export function Directory() {
  const { circles } = useHouse();
  const listed = circles.directory.value;
  const state = circles.directoryState.value;
  return (
    <section class="stack" aria-labelledby="directory">
      <h2 id="directory">{t("circles.directory.title")}</h2>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => void circles.loadDirectory().catch(() => undefined)}>{t("ui.tryAgain")}</Button>}>
          {t("circles.directory.failed")} {sayFailure(state.failure)}
        </Notice>
      )}
      {listed.length === 0 && (state.is === "loading" || state.is === "idle") && <Loading>{t("circles.directory.loading")}</Loading>}
      {listed.length === 0 && state.is === "ready" && <p class="soft">{t("circles.directory.empty")}</p>}
      {listed.length > 0 && (
        <ul class="doors" role="list">
          {listed.map((circle) => (
            <Listed key={circle.room} circle={circle} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Listed({ circle }: { circle: ListedCircle }) {
  const [asking, setAsking] = useState(false);
  const { line, hasPlace, mine } = circle;
  return (
    <li class="door">
      <div class="door-words">
        <p class="door-line" dir="auto">
          {line}
        </p>
        <p class="soft small">{t(mine ? "circles.directory.mine" : hasPlace ? "circles.directory.place" : "circles.directory.full")}</p>
      </div>
      {!mine && <Button onClick={() => setAsking(true)}>{t("circles.directory.ask")}</Button>}
      {asking && <AskToComeIn circle={circle} onClose={() => setAsking(false)} />}
    </li>
  );
}

function AskToComeIn({ circle, onClose }: { circle: ListedCircle; onClose: () => void }) {
  const { circles, me } = useHouse();
  const words = useDraftText(`circle-request:${circle.room}`);
  const [name, setName] = useState(me.name.peek());
  const [asked, setAsked] = useState(false);
  const sending = useTask();
  const wordless = words.text.trim() === "";
  const nameless = name.trim() === "";
  const send = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (wordless || nameless) return;
    if (!(await sending.run(() => circles.request(circle.room, { myName: name.trim(), words: words.text.trim() })))) return;
    words.clear();
    onClose();
    toast(t("circles.ask.sent"));
    void circles.loadDirectory().catch(() => undefined);
  };
  return (
    <Sheet
      title={t("circles.ask.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" type="submit" form="ask-to-come-in" busy={sending.busy}>
            {t("circles.ask.send")}
          </Button>
        </>
      }
    >
      <p class="soft small">{t("circles.ask.line")}</p>
      <p class="door-line" dir="auto">
        {circle.line}
      </p>
      <form class="stack" id="ask-to-come-in" onSubmit={(event) => void send(event)} noValidate>
        <Field label={t("circles.ask.name")} value={name} onInput={setName} maxLength={60} error={asked && nameless ? t("circles.my-name.missing") : null} />
        <TextArea
          label={t("circles.ask.words")}
          hint={t("circles.ask.words.hint")}
          value={words.text}
          onInput={words.write}
          rows={4}
          maxLength={2000}
          error={asked && wordless ? t("circles.ask.words.missing") : null}
        />
      </form>
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
    </Sheet>
  );
}
