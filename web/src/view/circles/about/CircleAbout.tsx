// SPDX-License-Identifier: AGPL-3.0-or-later
// About one circle: its words and agreements, who is here, the door, the rules, who can read what, and the way out.
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Card, Page } from "../../../ui";
import { useHouse } from "../../house-context";
import { circleName } from "../CircleRows";
import { NoCircle } from "../CircleTalk";
import { Door } from "./Door";
import { Leave } from "./Leave";
import { MyName } from "./MyName";
import { People } from "./People";
import { Rules } from "./Rules";
import { WhatItSays } from "./WhatItSays";

export function CircleAbout({ room }: { room: string }) {
  const circle = useHouse().circles.circle(room).value;
  useAskedPart(circle !== null);
  if (!circle || circle.state === "gone") return <NoCircle />;
  const back = { href: `/circles/${room}`, label: t("circles.back") };
  if (circle.state !== "alive") {
    return (
      <Page title={t("circles.about.title", { name: circleName(circle) })} lead={t(`circles.state.${circle.state}`)} back={back}>
        <Leave circle={circle} />
      </Page>
    );
  }
  return (
    <Page title={t("circles.about.title", { name: circleName(circle) })} back={back}>
      <WhatItSays circle={circle} />
      <People circle={circle} />
      <MyName circle={circle} />
      <Door circle={circle} />
      <Rules circle={circle} />
      <WhoCanRead />
      <Leave circle={circle} />
    </Page>
  );
}

/** "…/about#door" leads to the door, whose part stands further down. */
function useAskedPart(ready: boolean): void {
  useEffect(() => {
    const part = location.hash && document.getElementById(location.hash.slice(1));
    if (!ready || !part) return;
    const frame = requestAnimationFrame(() => {
      part.scrollIntoView();
      part.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [ready]);
}

function WhoCanRead() {
  return (
    <Card title={t("circles.read.title")}>
      <p class="about-two">{t("circles.read.who")}</p>
      <ul class="about-facts">
        <li>{t("circles.read.before")}</li>
        <li>{t("circles.read.after")}</li>
        <li>{t("circles.read.house")}</li>
        <li>{t("circles.read.keep")}</li>
      </ul>
    </Card>
  );
}
