// SPDX-License-Identifier: AGPL-3.0-or-later
// After the touch: where it is, and for thirty seconds a way back.
import { t } from "../../i18n";
import { Button, ButtonLink, Card, Mark, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { findEntry } from "../talk/compose";
import { PlaceNote } from "../talk/PlaceNote";
import { useTask } from "../use-task";

export interface SentThoughtProps {
  room: string;
  thought: string;
  /** Null when there is nobody else. */
  onMore: (() => void) | null;
}

export function SentThought({ room, thought, onMore }: SentThoughtProps) {
  const house = useHouse();
  const undoing = useTask();
  const log = house.rooms.log(room);
  const name = house.people.bond(room).value?.name || t("talk.someone");
  const place = findEntry(log.lines.value, thought)?.place;
  const undoable = place && (place.is === "unsent" || (place.is === "sent" && place.undoUntil !== null));
  const undo = async () => {
    if (await undoing.run(() => log.undo(thought))) toast(t("thought.undone"));
  };
  return (
    <Page title={place ? t("thought.sent", { name }) : t("thought.undone")} back={{ href: "/", label: t("today.title") }}>
      {place && (
        <Card look="warm" class="sent-thought">
          <Mark size="l" />
          <div>
            <p>{t("thought.sent.say")}</p>
            {place.is !== "sent" && <PlaceNote place={place} />}
          </div>
        </Card>
      )}
      {undoing.wrong && <Notice tone="wrong">{undoing.wrong}</Notice>}
      <div class="row">
        <ButtonLink look="main" href="/">
          {t("thought.done")}
        </ButtonLink>
        {onMore && <Button onClick={onMore}>{t("thought.more")}</Button>}
        {undoable && (
          <Button look="plain" busy={undoing.busy} onClick={() => void undo()}>
            {t("thought.undo")}
          </Button>
        )}
      </div>
    </Page>
  );
}
