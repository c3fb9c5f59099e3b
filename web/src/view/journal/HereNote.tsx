// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a page is, said only while it is not where it belongs: waiting on this device, or not taken by the house.
import { t } from "../../i18n";
import type { Place } from "../../model/face";
import { Notice } from "../../ui";

export function HereNote({ place }: { place: Place }) {
  if (place.is === "sent") return null;
  if (place.is === "refused") return <Notice tone="wrong">{t(place.why === "limit" ? "journal.read.place.full" : "journal.read.place.refused")}</Notice>;
  return (
    <p class="soft small" role="status">
      {t("journal.read.place.waiting")}
    </p>
  );
}
