// SPDX-License-Identifier: AGPL-3.0-or-later
// A recording that waits on this device: how it came to be, listening back, and the two ways to be rid of it. Both ask.
import { useState } from "preact/hooks";
import { RotateCcw, Trash2 } from "lucide-preact";
import { t } from "../../i18n";
import type { Recording } from "../../model/face";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { sayWhen, useNow } from "../talk/when";
import { sayLength } from "./length";
import { SoundPlayer } from "./SoundPlayer";
import type { RecorderState } from "./use-recorder";

export function KeptRecording({ draftKey, recorder, kept }: { draftKey: string; recorder: RecorderState; kept: Recording }) {
  const { voices } = useHouse();
  const now = useNow();
  const [asking, setAsking] = useState<"again" | "remove" | null>(null);
  const length = sayLength(kept.ms);
  const all = async function* () {
    yield await voices.sound(draftKey);
  };
  const close = () => setAsking(null);
  return (
    <>
      <p role="status">
        {recorder.found ? t("voice.found", { when: sayWhen(kept.began, now), length }) : t("voice.ready", { length })}
        {recorder.endedWhy !== "asked" && ` ${t(`voice.kept.${recorder.endedWhy}`)}`}
      </p>
      <SoundPlayer key={kept.id} pieces={all} about={kept} />
      <p class="soft small">{t("voice.listen")}</p>
      <div class="row">
        <Button look="plain" icon={RotateCcw} busy={recorder.asking} onClick={() => setAsking("again")}>
          {t("voice.again")}
        </Button>
        <Button look="plain" icon={Trash2} onClick={() => setAsking("remove")}>
          {t("voice.remove")}
        </Button>
      </div>
      {asking === "again" && (
        <Confirm title={t("voice.again.ask")} yes={t("voice.again.yes")} run={async () => void recorder.start()} onClose={close}>
          <p>{t("voice.again.say", { length })}</p>
        </Confirm>
      )}
      {asking === "remove" && (
        <Confirm title={t("voice.remove.ask")} yes={t("voice.remove.yes")} run={recorder.drop} done={t("voice.remove.done")} onClose={close}>
          <p>{t("voice.remove.say")}</p>
        </Confirm>
      )}
    </>
  );
}
