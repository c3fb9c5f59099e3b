// SPDX-License-Identifier: AGPL-3.0-or-later
// One gathering, at whichever moment one looks: before it, at its door, in it, after it.
import { t } from "../../i18n";
import type { Circle, Gathering as Whole } from "../../model/face";
import { ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { After } from "./After";
import { AtTheDoor } from "./AtTheDoor";
import { NoCircle } from "./Gatherings";
import { Inside } from "./Inside";
import { titleOf } from "./words";

export interface Here {
  readonly gathering: Whole;
  readonly circle: Circle;
}

export function Gathering({ room, id }: { room: string; id: string }) {
  const { gatherings, circles } = useHouse();
  const circle = circles.circle(room).value;
  const gathering = gatherings.gathering(id).value;
  if (circle?.state !== "alive") return <NoCircle />;
  if (gathering === null || gathering.room !== room) return <Unknown room={room} />;
  const here = { gathering, circle };
  if (gathering.stage === "cancelled") return <Cancelled {...here} />;
  if (gathering.stage === "over") return <After {...here} />;
  return gathering.iAmIn ? <Inside {...here} /> : <AtTheDoor {...here} />;
}

export const backOf = (room: string) => ({ href: `/circles/${room}/gatherings`, label: t("gatherings.title") });

/** Not known yet, or gone. */
function Unknown({ room }: { room: string }) {
  const { gatherings } = useHouse();
  const state = gatherings.state.value.is;
  const known = gatherings.inCircle(room).value.length > 0 && state === "ready";
  return (
    <Page title={t("gatherings.one")} back={backOf(room)}>
      {known || state === "failed" ? (
        <Empty title={t("gatherings.gone")} action={<ButtonLink href={`/circles/${room}/gatherings`}>{t("gatherings.all")}</ButtonLink>}>
          {t("gatherings.gone.say")}
        </Empty>
      ) : (
        <Loading>{t("gatherings.loading")}</Loading>
      )}
    </Page>
  );
}

function Cancelled({ gathering }: Here) {
  const { room } = gathering;
  return (
    <Page title={<bdi>{titleOf(gathering)}</bdi>} back={backOf(room)}>
      <Notice title={t("gatherings.cancelled")}>{t("gatherings.cancelled.say")}</Notice>
      <div class="row">
        <ButtonLink look="main" href={`/circles/${room}/gatherings`}>
          {t("gatherings.all")}
        </ButtonLink>
        <ButtonLink href={`/sit/${room}`}>{t("gatherings.sit.instead")}</ButtonLink>
      </div>
    </Page>
  );
}
