// SPDX-License-Identifier: AGPL-3.0-or-later
// Where my words are, said plainly: kept here, on the way, sent. Never whether anybody looked.
import { t } from "../../i18n";
import type { Place } from "../../model/face";

const onPhone = () => matchMedia("(pointer: coarse) and (max-width: 40rem)").matches;

export function sayPlace(place: Place): string {
  switch (place.is) {
    case "sent":
      return t("talk.place.sent");
    case "sending":
      return t("talk.place.sending");
    case "refused":
      return t(`talk.place.refused.${place.why}`);
    case "unsent":
      if (place.why !== "offline") return t(`talk.place.unsent.${place.why}`);
      return t(onPhone() ? "talk.place.unsent.phone" : "talk.place.unsent.device");
  }
}

export function PlaceNote({ place }: { place: Place }) {
  return <p class={`place-note place-note-${place.is}`}>{sayPlace(place)}</p>;
}
