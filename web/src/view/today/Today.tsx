// SPDX-License-Identifier: AGPL-3.0-or-later
// The first screen, in the order that matters: how I am, what came for me, one kind thing I could do. Nothing is counted.
import { NotebookPen } from "lucide-preact";
import { t } from "../../i18n";
import { ButtonLink, Page } from "../../ui";
import { SeatLine } from "../sit/SeatsHere";
import { CameList } from "./CameList";
import { Care } from "./Care";
import { HowAreYou } from "./HowAreYou";
import { OneKindThing } from "./OneKindThing";
import { Soon } from "./Soon";

export function Today() {
  return (
    <Page title={t("checkin.question")}>
      <div class="today">
        <div class="stack stack-s">
          <HowAreYou />
          <Care />
          <SeatLine />
          <div class="today-write">
            <ButtonLink look="plain" icon={NotebookPen} href="/journal/new">
              {t("today.do.write")}
            </ButtonLink>
          </div>
        </div>
        <Soon />
        <CameList />
        <OneKindThing />
      </div>
    </Page>
  );
}
