// SPDX-License-Identifier: AGPL-3.0-or-later
// All circles as far as they touch one: those one is in, those where one asked to come in, and those that can be found.
import { useEffect } from "preact/hooks";
import { Plus } from "lucide-preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { CircleRows } from "./CircleRows";
import { Directory } from "./Directory";
import { MyRequests } from "./MyRequests";

export function Circles() {
  const { circles, connection } = useHouse();
  const mine = circles.mine.value;
  const state = circles.state.value;
  useEffect(() => void circles.loadDirectory().catch(() => undefined), [circles]);
  const make = (
    <ButtonLink look="main" icon={Plus} href="/circles/new">
      {t("circles.make")}
    </ButtonLink>
  );
  return (
    <Page title={t("circles.title")} lead={t("circles.lead")} back={{ href: "/people", label: t("people.title") }}>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button>}>
          {t("circles.failed")} {sayFailure(state.failure)}
        </Notice>
      )}
      <MyRequests />
      {mine.length === 0 && state.is === "loading" && <Loading>{t("circles.loading")}</Loading>}
      {mine.length === 0 && state.is !== "loading" && (
        <Empty title={t("circles.empty.title")} action={make}>
          {t("circles.empty.say")}
        </Empty>
      )}
      {mine.length > 0 && (
        <>
          <CircleRows circles={mine} label={t("circles.mine")} />
          <div class="row">{make}</div>
        </>
      )}
      <div class="people-more">
        <Directory />
      </div>
    </Page>
  );
}
