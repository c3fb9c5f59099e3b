// SPDX-License-Identifier: AGPL-3.0-or-later
// One check-in, read in the journal. It is shared by its own screen, and taken back here like anything else.
import { t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Loading, Page } from "../../ui";
import { CheckinCard } from "../checkin/CheckinCard";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { sayDay } from "./days";
import { HereNote } from "./HereNote";
import { LetGo } from "./LetGo";
import { BACK } from "./use-page";
import { WhoReads } from "./WhoReads";

export function ReadCheckin({ kept }: { kept: Kept }) {
  const { checkins } = useHouse();
  const now = useNow();
  const checkin = checkins.checkin(kept.id).value;
  return (
    <Page title={sayDay(kept.day, now)} lead={t("journal.row.checkin")} back={BACK()}>
      {checkin ? (
        <div class="read-page">
          <CheckinCard words={checkin} />
          <HereNote place={checkin.place} />
          <WhoReads id={kept.id} shared={checkin.shared} openHref={`/check-in/${kept.id}/share`} />
          <LetGo id={kept.id} shared={checkin.shared} run={() => checkins.takeBack(kept.id)} />
        </div>
      ) : (
        <Loading />
      )}
    </Page>
  );
}
