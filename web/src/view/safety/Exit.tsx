// SPDX-License-Identifier: AGPL-3.0-or-later
// The two visible ends of the quick exit: the button at the top of every screen, and the link that Tab meets first.
import { DoorOpen } from "lucide-preact";
import { t } from "../../i18n";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { leaveNow } from "./quick-exit";

export function ExitButton() {
  const house = useHouse();
  return (
    <span class="exit">
      <Button icon={DoorOpen} onClick={() => leaveNow(house)}>
        {t("exit.leave")}
      </Button>
    </span>
  );
}

/** A real link, so that it also shows in a screen reader's list of links. */
export function ExitLink() {
  const house = useHouse();
  return (
    <a
      class="visually-hidden frame-skip"
      href={house.settings.values.value.quickExitSite}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        leaveNow(house);
      }}
    >
      {t("exit.leaveLong")}
    </a>
  );
}
