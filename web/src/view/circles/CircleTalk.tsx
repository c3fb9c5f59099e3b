// SPDX-License-Identifier: AGPL-3.0-or-later
// A circle's page: its log with the box at the end; or, on the way in or out, what stands there instead.
import { Armchair, CalendarDays, HandHelping, Info, UserRoundPlus } from "lucide-preact";
import { formatList, t } from "../../i18n";
import type { Circle } from "../../model/face";
import { ButtonLink, Card, Empty, Loading, Notice, Page } from "../../ui";
import { CarryLine } from "../carry/CarryLine";
import { useHouse } from "../house-context";
import { SeatsHere } from "../sit/SeatsHere";
import { LogView } from "../talk/LogView";
import { ReplyBox } from "../talk/ReplyBox";
import type { Talking } from "../talk/talking";
import { useComposer } from "../talk/use-composer";
import { useNow } from "../talk/when";
import { Words } from "../talk/Words";
import { AtTheDoorWaiting } from "./AtTheDoorWaiting";
import { circleName } from "./CircleRows";
import { Gone } from "./Gone";
import { nameIn } from "./names";

const BACK = { href: "/circles" };

export function CircleTalk({ room }: { room: string }) {
  const { circles } = useHouse();
  const circle = circles.circle(room).value;
  const request = circles.requests.value.find((one) => one.room === room);
  if (!circle && request?.state === "knocking") return <AtTheDoorWaiting name={request.name} />;
  if (!circle) return <NoCircle />;
  if (circle.state === "gone") return <Gone circle={circle} />;
  if (circle.state === "untrusted") return <Untrusted circle={circle} />;
  return <Inside circle={circle} />;
}

function Inside({ circle }: { circle: Circle }) {
  const { room } = circle;
  const log = useHouse().rooms.log(room);
  const composer = useComposer(log);
  const now = useNow();
  const name = circleName(circle);
  const talking: Talking = { log, room, name, nameOf: (person) => nameIn(circle, person), circle, now, composer };
  const alone = circle.members.length === 1;
  const begins = log.state.value.is === "ready" && !log.hasOlder.value;
  const empty = alone
    ? {
        title: t("circles.empty.alone.title"),
        say: t("circles.empty.alone.say"),
        action: (
          <ButtonLink icon={UserRoundPlus} href={`/circles/${room}/about#door`}>
            {t("circles.invite")}
          </ButtonLink>
        ),
      }
    : { title: t("circles.empty.log.title"), say: t("circles.empty.log.say") };
  return (
    <Page title={<bdi>{name}</bdi>} lead={t("circles.readers")} back={{ ...BACK, label: t("circles.title") }}>
      <Ways circle={circle} />
      <Door circle={circle} />
      <SeatsHere room={room} />
      <CarryLine room={room} href={`/circles/${room}/carry`} nameOf={(person) => nameIn(circle, person)} />
      {begins && circle.words.welcome && (
        <Card look="warm" title={t("circles.welcome.title")}>
          <Words>{circle.words.welcome}</Words>
        </Card>
      )}
      <LogView talking={talking} label={t("circles.log")} beginning={t(circle.iFounded ? "circles.began" : "circles.before")} empty={empty} />
      {log.writable.value ? <ReplyBox talking={talking} /> : <Notice>{t("circles.settling")}</Notice>}
    </Page>
  );
}

function Ways({ circle: { room } }: { circle: Circle }) {
  return (
    <div class="talk-ways">
      <ButtonLink look="plain" icon={CalendarDays} href={`/circles/${room}/gatherings`}>
        {t("circles.gatherings")}
      </ButtonLink>
      <ButtonLink look="plain" icon={Armchair} href={`/sit/${room}`}>
        {t("circles.sit")}
      </ButtonLink>
      <ButtonLink look="plain" icon={HandHelping} href={`/circles/${room}/carry`}>
        {t("circles.carry")}
      </ButtonLink>
      <ButtonLink look="plain" icon={Info} href={`/circles/${room}/about`}>
        {t("circles.about")}
      </ButtonLink>
    </div>
  );
}

/** Who is about to come in, and for keepers that somebody asks. */
function Door({ circle: { room, iKeep, atTheDoor } }: { circle: Circle }) {
  const knocking = atTheDoor.filter(({ state }) => state === "knocking").map(({ name }) => name || t("talk.someone"));
  const asking = iKeep && atTheDoor.some(({ state }) => state === "asking");
  return (
    <>
      {knocking.length > 0 && <Notice>{t("circles.way-in", { names: formatList(knocking) })}</Notice>}
      {asking && (
        <Notice tone="warm" actions={<ButtonLink href={`/circles/${room}/about#door`}>{t("circles.at-door.see")}</ButtonLink>}>
          {t("circles.at-door")}
        </Notice>
      )}
    </>
  );
}

/** The list may still be on its way: say so before saying that there is no such circle. */
export function NoCircle() {
  const state = useHouse().circles.state.value.is;
  const waiting = state === "idle" || state === "loading";
  return (
    <Page title={t("circles.title")} back={BACK}>
      {waiting ? (
        <Loading>{t("circles.loading")}</Loading>
      ) : (
        <Empty title={t("circles.gone")} action={<ButtonLink href="/circles">{t("circles.mine")}</ButtonLink>} />
      )}
    </Page>
  );
}

function Untrusted({ circle }: { circle: Circle }) {
  return (
    <Page title={<bdi>{circleName(circle)}</bdi>} back={{ ...BACK, label: t("circles.title") }}>
      <Notice tone="wrong" title={t("circles.untrusted")}>
        {t("circles.untrusted.say")}
      </Notice>
      <div class="row">
        <ButtonLink icon={Info} href={`/circles/${circle.room}/about`}>
          {t("circles.about")}
        </ButtonLink>
      </div>
    </Page>
  );
}
