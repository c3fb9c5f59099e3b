// SPDX-License-Identifier: AGPL-3.0-or-later
// A circle that one has left or was asked to leave: the words that came with it, a kind next step, and putting it away. What
// this device can still read of it is not shown again here.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Circle } from "../../model/face";
import { Button, ButtonLink, Card, Page } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { Words } from "../talk/Words";
import { circleName } from "./CircleRows";

export function Gone({ circle }: { circle: Circle }) {
  const { parting } = circle;
  return (
    <Page title={<bdi>{circleName(circle)}</bdi>} lead={t("circles.over.title")} back={{ href: "/circles", label: t("circles.title") }}>
      {parting && (
        <Card title={t("circles.over.parting")}>
          <Words>{parting}</Words>
        </Card>
      )}
      <Card look="sunken">
        <p>{t("circles.over.left")}</p>
        <p>{t("circles.over.kind")}</p>
        <div class="row">
          <ButtonLink href="/people">{t("circles.over.people")}</ButtonLink>
          <ButtonLink href="/help">{t("circles.over.help")}</ButtonLink>
          <PutAway room={circle.room} />
        </div>
      </Card>
    </Page>
  );
}

function PutAway({ room }: { room: string }) {
  const { circles } = useHouse();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const putAway = async () => {
    await circles.putAway(room);
    go("/circles", { replace: true });
  };
  return (
    <>
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("circles.over.away")}
      </Button>
      {asking && (
        <Confirm
          title={t("circles.over.away.ask")}
          yes={t("circles.over.away.yes")}
          run={putAway}
          done={t("circles.over.away.done")}
          onClose={() => setAsking(false)}
        >
          <p>{t("circles.over.away.say")}</p>
        </Confirm>
      )}
    </>
  );
}
