// SPDX-License-Identifier: AGPL-3.0-or-later
// The people one has: those in the house, the circles one is in, the links that are still out, and those outside whom one keeps in mind.
import { CircleDashed, UserRoundPlus } from "lucide-preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { CircleRows } from "../circles/CircleRows";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { BondRows } from "./BondRows";
import { MyInvites } from "./MyInvites";
import { OutsideList } from "./OutsideList";

export function People() {
  const { people, connection } = useHouse();
  const bonds = people.bonds.value;
  const state = people.state.value;
  const invite = (
    <ButtonLink look="main" icon={UserRoundPlus} href="/invite/new">
      {t("people.invite")}
    </ButtonLink>
  );
  return (
    <Page title={t("people.title")} lead={t("people.lead")}>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button>}>
          {t("people.failed")} {sayFailure(state.failure)}
        </Notice>
      )}
      {bonds.length === 0 && state.is === "loading" && <Loading>{t("people.loading")}</Loading>}
      {bonds.length === 0 && state.is === "ready" && (
        <Empty title={t("people.empty.title")} action={invite}>
          {t("people.empty.say")}
        </Empty>
      )}
      {bonds.length > 0 && (
        <>
          <BondRows bonds={bonds.filter(({ state }) => state !== "ended")} label={t("people.list")} />
          <div class="row">{invite}</div>
        </>
      )}
      <div class="people-more">
        <MyCircles />
        <MyInvites />
        <OutsideList />
        <EndedBonds />
      </div>
    </Page>
  );
}

function MyCircles() {
  const mine = useHouse().circles.mine.value.filter(({ state }) => state !== "gone");
  return (
    <section class="stack" aria-labelledby="my-circles">
      <h2 id="my-circles">{t("people.circles.title")}</h2>
      {mine.length === 0 && <p class="soft">{t("people.circles.say")}</p>}
      <CircleRows circles={mine} label={t("people.circles.title")} />
      <div class="row">
        <ButtonLink icon={CircleDashed} href="/circles">
          {t("circles.find")}
        </ButtonLink>
      </div>
    </section>
  );
}

function EndedBonds() {
  const ended = useHouse().people.bonds.value.filter(({ state }) => state === "ended");
  if (ended.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="ended-bonds">
      <h2 id="ended-bonds">{t("people.ended.title")}</h2>
      <BondRows bonds={ended} label={t("people.ended.title")} />
    </section>
  );
}
