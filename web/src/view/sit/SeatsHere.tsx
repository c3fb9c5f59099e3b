// SPDX-License-Identifier: AGPL-3.0-or-later
// Seats that are open now, where people already are: in their talk, on their circle's page, and as one quiet line on Today.
// Nobody is called; a light simply is there.
import { Armchair } from "lucide-preact";
import { t } from "../../i18n";
import type { Sitting } from "../../model/face";
import { ButtonLink } from "../../ui";
import { useHouse } from "../house-context";
import { Join } from "./OpenSeat";
import { sayFree } from "./words";

export function SeatsHere({ room }: { room: string }) {
  const here = useHouse().sittings.open.value.filter((one) => one.room === room);
  return (
    <>
      {here.map((sitting) => (
        <Join key={sitting.sit} sitting={sitting} />
      ))}
    </>
  );
}

/** The seat that I sit in, else the newest that I could join. */
export function SeatLine() {
  const { sittings } = useHouse();
  const seat = sittings.mine.value ?? sittings.open.value[0];
  return seat === undefined ? null : (
    <div class="today-write">
      <ButtonLink look="plain" icon={Armchair} href={hrefOf(seat)}>
        {seat.iSit ? t("sit.back") : sayFree(seat)}
      </ButtonLink>
    </div>
  );
}

const hrefOf = ({ room, sit, iSit }: Sitting): string => (iSit ? `/sit/${room}/${sit}` : `/sit/${room}`);
