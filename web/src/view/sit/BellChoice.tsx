// SPDX-License-Identifier: AGPL-3.0-or-later
// How loud the bell is: silent until chosen, remembered, heard once when it is chosen.
import { t } from "../../i18n";
import { Choice } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { ringBell } from "./bell";

const VOLUMES = { silent: 0, soft: 0.35, clear: 0.8 } as const;
type Loudness = keyof typeof VOLUMES;
const ALL = Object.keys(VOLUMES) as Loudness[];

export function BellChoice() {
  const { settings } = useHouse();
  const saving = useTask();
  const { bell } = settings.values.value;
  const chosen = ALL.find((one) => bell.volume <= VOLUMES[one]) ?? "clear";
  const choose = (one: Loudness) => {
    const next = { ...bell, volume: VOLUMES[one] };
    ringBell(next);
    void saving.run(() => settings.set({ bell: next }));
  };
  return (
    <Choice
      label={t("sit.bell")}
      hint={saving.wrong ?? t("sit.bell.hint")}
      options={ALL.map((value) => ({ value, label: t(`sit.bell.${value}`) }))}
      value={chosen}
      onChange={choose}
    />
  );
}
