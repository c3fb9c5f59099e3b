// SPDX-License-Identifier: AGPL-3.0-or-later
// One check-in, read in the journal. It is shared by its own screen, and taken back here like anything else.
import { useEffect } from "preact/hooks";
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
  const checkin = useCheckin(kept.id);
  const shared = kept.sharedWith.map((room) => ({ room, at: kept.at }));
  return (
    <Page title={sayDay(kept.day, now)} lead={t("journal.row.checkin")} back={BACK()}>
      <div class="read-page">
        {checkin ? <CheckinCard words={checkin} /> : <Loading />}
        {checkin && <HereNote place={checkin.place} />}
        <WhoReads id={kept.id} shared={shared} openHref={`/check-in/${kept.id}/share`} />
        <LetGo id={kept.id} shared={shared} run={() => checkins.takeBack(kept.id)} />
      </div>
    </Page>
  );
}

/** An old check-in may stand behind what is loaded: goes back page by page until it is there. */
function useCheckin(id: string) {
  const { checkins } = useHouse();
  const list = checkins.list.value;
  const checkin = list.find((one) => one.id === id) ?? null;
  const more = checkins.hasOlder.value;
  useEffect(() => {
    if (checkin === null && more) void checkins.loadOlder().catch(() => undefined);
  }, [list, checkin, more]);
  return checkin;
}
