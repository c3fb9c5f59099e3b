// SPDX-License-Identifier: AGPL-3.0-or-later
// The way off the road, at every step of it: one press, no question, since nothing is lost by it.
import { t } from "../../i18n";
import type { Letter } from "../../model/face";
import { Button, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function StopRoad({ letter }: { letter: Letter }) {
  const { letters } = useHouse();
  const stopping = useTask();
  const stop = async () => {
    if (await stopping.run(() => letters.stopSending(letter.id))) toast(t("letters.stop.done"));
  };
  return (
    <>
      <Button busy={stopping.busy} onClick={() => void stop()}>
        {t("letters.stop")}
      </Button>
      {stopping.wrong && <Notice tone="wrong">{stopping.wrong}</Notice>}
    </>
  );
}
