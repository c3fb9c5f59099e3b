// SPDX-License-Identifier: AGPL-3.0-or-later
// Settings take effect as they are picked: no Save button, a way to see that it failed.
import type { SettingsValues } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function useSettings() {
  const house = useHouse();
  const saving = useTask();
  const set = (change: Partial<SettingsValues>) => void saving.run(() => house.settings.set(change));
  return { values: house.settings.values.value, set, wrong: saving.wrong };
}
