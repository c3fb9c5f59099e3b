// SPDX-License-Identifier: AGPL-3.0-or-later
// What I kept before, newest first, for me alone: no sums, no averages, no days in a row. Each says who else can read it.
import { useState } from "preact/hooks";
import { HeartHandshake, Undo2 } from "lucide-preact";
import { useLocation } from "wouter-preact";
import { formatList, t } from "../../i18n";
import type { Checkin } from "../../model/face";
import { Button, Menu, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { PlaceNote } from "../talk/PlaceNote";
import { When } from "../talk/WhenWords";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";
import { CheckinCard } from "./CheckinCard";

export function PastCheckins() {
  const { checkins } = useHouse();
  const older = useTask();
  const list = checkins.list.value;
  return (
    <section class="stack" aria-labelledby="past-checkins">
      <h2 id="past-checkins">{t("checkin.past.title")}</h2>
      {list.length === 0 && <p class="soft">{t("checkin.past.empty")}</p>}
      {list.length > 0 && (
        <ol class="past-checkins" role="list">
          {list.map((checkin) => (
            <Past key={checkin.id} checkin={checkin} />
          ))}
        </ol>
      )}
      {older.wrong && <Notice tone="wrong">{older.wrong}</Notice>}
      {checkins.hasOlder.value && (
        <Button busy={older.busy} onClick={() => older.run(() => checkins.loadOlder())}>
          {t("checkin.past.older")}
        </Button>
      )}
    </section>
  );
}

function Past({ checkin }: { checkin: Checkin }) {
  const house = useHouse();
  const now = useNow();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const names = house.people.bonds.value.filter(({ room }) => checkin.sharedWith.includes(room)).map(({ name }) => name);
  return (
    <li class="past-checkin">
      <div class="spread">
        <h3 class="past-checkin-when">
          <When at={checkin.at} now={now} />
        </h3>
        <Menu
          label={t("checkin.past.more")}
          items={[
            { label: t("checkin.past.show"), icon: HeartHandshake, onPick: () => go(`/check-in/${checkin.id}/share`) },
            { label: t("checkin.past.takeback"), icon: Undo2, danger: true, onPick: () => setAsking(true) },
          ]}
        />
      </div>
      <CheckinCard words={checkin} />
      <p class="soft small">
        {names.length > 0 ? t("checkin.past.shared", { names: formatList(names) }) : t("checkin.past.mine")}
      </p>
      {checkin.place.is !== "sent" && <PlaceNote place={checkin.place} />}
      {asking && (
        <Confirm
          title={t("checkin.past.takeback.ask")}
          yes={t("checkin.past.takeback.yes")}
          run={() => house.checkins.takeBack(checkin.id)}
          done={t("talk.takeback.done")}
          onClose={() => setAsking(false)}
        >
          <p>{t("checkin.past.takeback.say")}</p>
        </Confirm>
      )}
    </li>
  );
}
