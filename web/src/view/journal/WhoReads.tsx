// SPDX-License-Identifier: AGPL-3.0-or-later
// Who can read this, always in words, and for each person the way to take it back. What taking back cannot do is said before.
import { useState } from "preact/hooks";
import { HeartHandshake, Undo2 } from "lucide-preact";
import { formatDate, t } from "../../i18n";
import type { Id, SharedWith } from "../../model/face";
import { Button, ButtonLink, Card } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useName, useNames } from "./use-names";

export interface WhoReadsProps {
  id: Id;
  shared: readonly Pick<SharedWith, "room" | "at">[];
  openHref: string;
}

export function WhoReads({ id, shared, openHref }: WhoReadsProps) {
  const names = useNames();
  const rooms = [...new Set(shared.map(({ room }) => room))];
  return (
    <Card title={t("journal.who.title")} look="sunken">
      <p class="who-reads" role="status">
        {rooms.length === 0 ? t("journal.who.me") : t("journal.who.names", { names: names(rooms) })}
      </p>
      {rooms.length > 0 && (
        <ul class="who-list" role="list">
          {rooms.map((room) => (
            <Reader key={room} id={id} room={room} since={Math.min(...shared.filter((one) => one.room === room).map(({ at }) => at))} />
          ))}
        </ul>
      )}
      <div class="row">
        <ButtonLink icon={HeartHandshake} href={openHref}>
          {t(rooms.length === 0 ? "journal.who.open" : "journal.who.more")}
        </ButtonLink>
      </div>
    </Card>
  );
}

function Reader({ id, room, since }: { id: Id; room: Id; since: number }) {
  const { journal } = useHouse();
  const name = useName()(room);
  const [asking, setAsking] = useState(false);
  return (
    <li class="who-reader">
      <p>{t("journal.who.since", { name, day: formatDate(since) })}</p>
      <div class="row">
        <Button look="plain" icon={Undo2} onClick={() => setAsking(true)}>
          {t("journal.who.takeback", { name })}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t("journal.who.takeback.ask", { name })}
          yes={t("journal.who.takeback.yes")}
          run={() => journal.takeBack(id, room)}
          done={t("journal.who.takeback.done", { name })}
          onClose={() => setAsking(false)}
        >
          <p>{t("journal.who.takeback.say", { name })}</p>
          <p class="soft">{t("journal.who.takeback.cannot", { name })}</p>
        </Confirm>
      )}
    </li>
  );
}
