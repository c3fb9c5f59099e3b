// SPDX-License-Identifier: AGPL-3.0-or-later
// The day that a page is about stands in its heading; here it can be changed. A date that is half typed changes nothing yet.
import { useState } from "preact/hooks";
import { CalendarDays } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Field } from "../../ui";
import { isDay } from "./days";

export function DayLine({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div class="row day-line">
        <Button look="plain" icon={CalendarDays} onClick={() => setOpen(true)}>
          {t("journal.day.change")}
        </Button>
      </div>
    );
  return (
    <div class="day-line">
      <Field type="date" label={t("journal.day.label")} value={day} onInput={(value) => isDay(value) && onChange(value)} />
    </div>
  );
}
