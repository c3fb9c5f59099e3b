// SPDX-License-Identifier: AGPL-3.0-or-later
// Ending a bond, with words or without: what will happen first, then both ways side by side, neither of them better.
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { Button, ButtonLink, Empty, Loading, Notice, Page, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { useDraftText } from "./use-draft-text";

export function EndTalk({ room }: { room: string }) {
  const { people } = useHouse();
  const bond = people.bond(room).value;
  if (bond?.state === "alive") return <Ending bond={bond} />;
  return (
    <Page title={t("talk.about.end.title")} back={{ href: `/people/${room}` }}>
      {people.state.value.is === "ready" ? <Empty title={t("talk.gone")} /> : <Loading />}
    </Page>
  );
}

function Ending({ bond }: { bond: Bond }) {
  const { people } = useHouse();
  const [, go] = useLocation();
  const { room, name } = bond;
  const words = useDraftText(`goodbye:${room}`);
  const ending = useTask();
  const goodbye = words.text.trim();
  const end = async (withWords: boolean) => {
    const done = await ending.run(() => (withWords ? people.endBond(room, goodbye) : people.endBond(room)));
    if (!done) return;
    words.clear();
    toast(t("talk.end.done", { name }));
    go(`/people/${room}`, { replace: true });
  };
  const wrong = ending.failure?.code === "offline" ? t("talk.end.failed") : ending.wrong;
  return (
    <Page title={t("talk.end.title", { name })} lead={t("talk.end.lead")} back={{ href: `/people/${room}/about` }}>
      <ul class="about-facts">
        <li>{t("talk.end.what.both")}</li>
        <li>{t("talk.end.what.write")}</li>
        <li>{t("talk.end.what.see", { name })}</li>
        <li>{t("talk.end.what.again")}</li>
      </ul>
      <TextArea label={t("talk.end.words")} hint={t("talk.end.words.hint", { name })} value={words.text} onInput={words.write} rows={4} />
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
      <div class="row">
        <Button busy={ending.busy} disabled={goodbye === ""} onClick={() => void end(true)}>
          {t("talk.end.with")}
        </Button>
        <Button busy={ending.busy} onClick={() => void end(false)}>
          {t("talk.end.without")}
        </Button>
        <ButtonLink look="plain" href={`/people/${room}`}>
          {t("talk.end.keep")}
        </ButtonLink>
      </div>
    </Page>
  );
}
