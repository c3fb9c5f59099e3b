// SPDX-License-Identifier: AGPL-3.0-or-later
// The check-in on Today: pick a weight, save. Once saved it stands here, with its separate step of showing it to someone.
import { useEffect, useRef, useState } from "preact/hooks";
import { HeartHandshake } from "lucide-preact";
import { formatList, t } from "../../i18n";
import type { Checkin } from "../../model/face";
import { Button, ButtonLink, Card, Link, Notice, toast } from "../../ui";
import { CheckinCard } from "../checkin/CheckinCard";
import { useCheckinDraft } from "../checkin/use-checkin-draft";
import { WeightPicker } from "../checkin/WeightPicker";
import { useHouse } from "../house-context";
import { PlaceNote } from "../talk/PlaceNote";
import { sayWhen, useNow } from "../talk/when";
import { useTask } from "../use-task";

export function HowAreYou() {
  const { today } = useHouse();
  const kept = today.checkin.value;
  const draft = useCheckinDraft();
  const [again, setAgain] = useState(false);
  const justSaved = useRef(false);
  const save = async () => {
    justSaved.current = true;
    if (await draft.save()) setAgain(false);
    else justSaved.current = false;
  };
  if (kept && !again && !draft.words) return <Kept checkin={kept} focus={justSaved} onAgain={() => setAgain(true)} />;
  return (
    <Card class="how-are-you">
      <WeightPicker value={draft.words?.weight} onPick={(weight) => draft.change({ weight })} />
      {draft.words && (
        <div class="how-are-you-save">
          <Button look="main" busy={draft.saving.busy} onClick={() => void save()}>
            {t("checkin.save")}
          </Button>
          <ButtonLink look="plain" href="/check-in">
            {t("checkin.addWords")}
          </ButtonLink>
        </div>
      )}
      <p class="how-are-you-mine soft small">{t("checkin.save.hint")}</p>
      {draft.saving.wrong && <Notice tone="wrong">{draft.saving.wrong}</Notice>}
    </Card>
  );
}

interface KeptProps {
  checkin: Checkin;
  /** True right after saving: the eye and the screen reader go to what was kept. */
  focus: { current: boolean };
  onAgain: () => void;
}

function Kept({ checkin, focus, onAgain }: KeptProps) {
  const { checkins, people } = useHouse();
  const now = useNow();
  const undoing = useTask();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    heading.current?.focus();
  }, []);
  const names = people.bonds.value.filter(({ room }) => checkin.sharedWith.includes(room)).map(({ name }) => name);
  const whoCanRead = names.length > 0 ? t("checkin.past.shared", { names: formatList(names) }) : t("checkin.save.hint");
  const undoable = checkin.place.is === "sent" && checkin.place.undoUntil !== null;
  const undo = async () => {
    if (await undoing.run(() => checkins.takeBack(checkin.id))) toast(t("checkin.saved.undone"));
  };
  return (
    <Card class="how-are-you">
      <div>
        <h2 class="how-are-you-kept" tabIndex={-1} ref={heading}>
          {t("checkin.saved.when", { when: sayWhen(checkin.at, now) })}
        </h2>
        <p class="soft small" role="status">
          {whoCanRead}
        </p>
      </div>
      <CheckinCard words={checkin} />
      {checkin.place.is !== "sent" && <PlaceNote place={checkin.place} />}
      {undoing.wrong && <Notice tone="wrong">{undoing.wrong}</Notice>}
      <div class="row">
        <ButtonLink icon={HeartHandshake} href={`/check-in/${checkin.id}/share`}>
          {t("checkin.saved.show")}
        </ButtonLink>
        <Button look="plain" onClick={onAgain}>
          {t("checkin.saved.again")}
        </Button>
        {undoable && (
          <Button look="plain" busy={undoing.busy} onClick={() => void undo()}>
            {t("checkin.saved.undo")}
          </Button>
        )}
      </div>
      <Link href="/check-in">{t("checkin.past.title")}</Link>
    </Card>
  );
}
