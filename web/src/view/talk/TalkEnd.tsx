// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands where the box would be when nothing can be written: just joined, blocked by me, or ended. An ending says
// who ended it and when, and has a kind next step for whoever reads it; words left in the box are not lost.
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { Button, ButtonLink, Card, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { draftKey } from "./compose";
import { sayWhen } from "./when";
import { Words } from "./Words";

export function TalkEnd({ bond, now }: { bond: Bond; now: number }) {
  const name = bond.name || t("talk.someone");
  if (bond.state === "settling") return <Notice>{t("talk.settling", { name })}</Notice>;
  if (bond.state === "ended") return <Ended bond={bond} name={name} now={now} />;
  if (bond.blocked) return <Blocked bond={bond} name={name} />;
  return <Notice>{t("talk.settling", { name })}</Notice>;
}

function Ended({ bond, name, now }: { bond: Bond; name: string; now: number }) {
  const when = sayWhen(bond.endedAt ?? now, now);
  return (
    <>
      <Card look="sunken">
        <p class="talk-end-title">{t(bond.endedByMe ? "talk.ended.me" : "talk.ended.them", { name, when })}</p>
        <p>{t("talk.ended.say")}</p>
        <p>{t("talk.ended.kind")}</p>
        <div class="row">
          <ButtonLink href="/people">{t("talk.ended.people")}</ButtonLink>
          <ButtonLink href="/help">{t("talk.ended.help")}</ButtonLink>
        </div>
      </Card>
      <LeftOver room={bond.room} />
    </>
  );
}

function LeftOver({ room }: { room: string }) {
  const { drafts } = useHouse();
  const text = drafts.read(draftKey(room)).value?.text ?? "";
  if (!text) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t("talk.ended.draft.copied"));
  };
  return (
    <Card title={t("talk.ended.draft")}>
      <Words>{text}</Words>
      <div class="row">
        <Button onClick={() => void copy()}>{t("talk.ended.draft.copy")}</Button>
        <Button look="plain" onClick={() => drafts.clear(draftKey(room))}>
          {t("talk.ended.draft.clear")}
        </Button>
      </div>
    </Card>
  );
}

function Blocked({ bond, name }: { bond: Bond; name: string }) {
  const { safety } = useHouse();
  const undoing = useTask();
  return (
    <Notice
      live={false}
      actions={
        <Button busy={undoing.busy} onClick={() => void undoing.run(() => safety.unblock(bond.person))}>
          {t("talk.blocked.undo", { name })}
        </Button>
      }
    >
      {t("talk.blocked.say", { name })}
      {undoing.wrong && <p>{undoing.wrong}</p>}
    </Notice>
  );
}
