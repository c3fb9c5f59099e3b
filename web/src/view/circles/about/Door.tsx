// SPDX-License-Identifier: AGPL-3.0-or-later
// The door of a circle: who asks, who is on the way in, and the links by which people come.
import { useState } from "preact/hooks";
import { Link2 } from "lucide-preact";
import { t } from "../../../i18n";
import type { AtTheDoor, Circle } from "../../../model/face";
import { Button, Card, Disc, Row, Rows } from "../../../ui";
import { sayWhen, useNow } from "../../talk/when";
import { Words } from "../../talk/Words";
import { OpenInvite } from "../../people/MyInvites";
import { useHouse } from "../../house-context";
import { AnswerRequest } from "./AnswerRequest";
import { MakeLink } from "./MakeLink";

export function Door({ circle }: { circle: Circle }) {
  const asking = circle.atTheDoor.filter(({ state }) => state === "asking");
  const wayIn = circle.atTheDoor.filter(({ state }) => state !== "asking");
  return (
    <div id="door" tabIndex={-1} class="about-part">
      <Card title={t("circles.door.title")}>
        <p class="soft">{t("circles.door.say")}</p>
        {asking.length > 0 && circle.iKeep && (
          <section class="stack" aria-labelledby="door-asking">
            <h3 id="door-asking">{t("circles.door.asking")}</h3>
            {asking.map((one) => (
              <Asking key={one.person} room={circle.room} one={one} />
            ))}
          </section>
        )}
        {asking.length > 0 && !circle.iKeep && <p class="soft small">{t("circles.door.keepers")}</p>}
        {wayIn.length > 0 && (
          <section class="stack stack-s" aria-labelledby="door-way-in">
            <h3 id="door-way-in">{t("circles.door.way-in")}</h3>
            <Rows>
              {wayIn.map(({ person, name, state }) => (
                <Row
                  key={person}
                  start={<Disc name={name} />}
                  title={<bdi>{name || t("talk.someone")}</bdi>}
                  detail={t(state === "welcomed" ? "circles.door.welcomed" : "circles.door.knocking")}
                />
              ))}
            </Rows>
          </section>
        )}
        <Links circle={circle} />
      </Card>
    </div>
  );
}

function Asking({ room, one }: { room: string; one: AtTheDoor }) {
  const [answering, setAnswering] = useState(false);
  const now = useNow();
  const name = one.name || t("talk.someone");
  return (
    <article class="entry entry-theirs">
      <p class="entry-by">
        <bdi class="entry-who">{name}</bdi> <span class="when">{sayWhen(one.at, now)}</span>
      </p>
      {one.words && <Words>{one.words}</Words>}
      {one.compare && <p class="soft small">{t("circles.door.compare", { words: one.compare })}</p>}
      <div class="row">
        <Button onClick={() => setAnswering(true)}>{t("circles.door.answer", { name })}</Button>
      </div>
      {answering && <AnswerRequest room={room} person={one.person} name={name} onClose={() => setAnswering(false)} />}
    </article>
  );
}

function Links({ circle }: { circle: Circle }) {
  const { invites } = useHouse();
  const [making, setMaking] = useState(false);
  const open = invites.mine.value.filter(({ room, state }) => room === circle.room && state === "open");
  const full = circle.members.length + circle.atTheDoor.filter(({ state }) => state === "knocking").length >= circle.rules.size;
  return (
    <section class="stack" aria-labelledby="door-links">
      <h3 id="door-links">{t("circles.link.mine")}</h3>
      <p class="soft small">{full ? t("circles.link.full") : t("circles.link.place")}</p>
      {open.length === 0 && !full && <p class="soft small">{t("circles.link.none")}</p>}
      {open.length > 0 && (
        <ul class="my-invites" role="list">
          {open.map((invite) => (
            <OpenInvite key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      {!full && (
        <div class="row">
          <Button icon={Link2} onClick={() => setMaking(true)}>
            {t("circles.link.make")}
          </Button>
        </div>
      )}
      {making && <MakeLink circle={circle} onClose={() => setMaking(false)} />}
    </section>
  );
}
