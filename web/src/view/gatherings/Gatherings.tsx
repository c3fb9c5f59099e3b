// SPDX-License-Identifier: AGPL-3.0-or-later
// The gatherings of a circle: those that come, and those whose words are still here.
import { CalendarDays, CalendarPlus } from "lucide-preact";
import { t } from "../../i18n";
import type { Circle, GatheringInfo } from "../../model/face";
import { Button, ButtonLink, Empty, Icon, Loading, Notice, Page, Row, Rows } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { goesOn, isMe, nameOf, sayTime, titleOf } from "./words";

export function Gatherings({ room }: { room: string }) {
  const circle = useHouse().circles.circle(room).value;
  if (circle?.state !== "alive") return <NoCircle />;
  return <List circle={circle} />;
}

function List({ circle }: { circle: Circle }) {
  const { gatherings, connection } = useHouse();
  const { room } = circle;
  const all = gatherings.inCircle(room).value;
  const state = gatherings.state.value;
  const past = all.filter(({ stage }) => stage === "over").reverse();
  const coming = all.filter(({ stage }) => stage !== "over");
  const set = (
    <ButtonLink look={coming.length === 0 ? "main" : "quiet"} icon={CalendarPlus} href={`/circles/${room}/gatherings/new`}>
      {t("gatherings.new")}
    </ButtonLink>
  );
  return (
    <Page title={t("gatherings.title")} lead={t("gatherings.lead")} back={{ href: `/circles/${room}`, label: circle.words.name || t("circles.nameless") }}>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button>}>
          {sayFailure(state.failure)}
        </Notice>
      )}
      {all.length === 0 && state.is === "loading" && <Loading>{t("gatherings.loading")}</Loading>}
      {coming.length === 0 && state.is !== "loading" && (
        <Empty title={t("gatherings.empty")} action={set}>
          {t("gatherings.empty.say")}
        </Empty>
      )}
      {coming.length > 0 && (
        <section class="stack" aria-labelledby="gatherings-coming">
          <h2 id="gatherings-coming">{t("gatherings.coming")}</h2>
          <GatheringRows circle={circle} list={coming} label={t("gatherings.coming")} />
          <div class="row">{set}</div>
        </section>
      )}
      {past.length > 0 && (
        <section class="stack" aria-labelledby="gatherings-past">
          <h2 id="gatherings-past">{t("gatherings.past")}</h2>
          <GatheringRows circle={circle} list={past} label={t("gatherings.past")} />
        </section>
      )}
    </Page>
  );
}

function GatheringRows({ circle, list, label }: { circle: Circle; list: readonly GatheringInfo[]; label: string }) {
  const now = useNow();
  return (
    <Rows label={label}>
      {list.map((one) => (
        <Row
          key={one.id}
          href={`/circles/${one.room}/gatherings/${one.id}`}
          start={<Icon of={CalendarDays} />}
          title={<bdi>{titleOf(one)}</bdi>}
          detail={`${sayTime(one.start, now)}. ${sayHow(one, circle)}`}
        />
      ))}
    </Rows>
  );
}

function sayHow(one: GatheringInfo, circle: Circle): string {
  if (one.stage === "over") return t("gatherings.row.over");
  if (goesOn(one)) return t(one.door === "closed" ? "gatherings.row.now.closed" : "gatherings.row.now");
  if (one.door === "open") return t("gatherings.row.open");
  if (one.host === null) return t("gatherings.row.unhosted");
  return isMe(circle, one.host) ? t("gatherings.row.hosted.me") : t("gatherings.row.hosted", { name: nameOf(circle, one.host) });
}

/** Also while the circles are still on their way. */
export function NoCircle() {
  const state = useHouse().circles.state.value.is;
  const waiting = state === "idle" || state === "loading";
  return (
    <Page title={t("gatherings.title")} back={{ href: "/circles", label: t("circles.title") }}>
      {waiting ? (
        <Loading>{t("gatherings.loading")}</Loading>
      ) : (
        <Empty title={t("gatherings.no-circle")} action={<ButtonLink href="/circles">{t("circles.title")}</ButtonLink>} />
      )}
    </Page>
  );
}
