// SPDX-License-Identifier: AGPL-3.0-or-later
// The way to a recorder beside a box for words: a button first, the recorder once it is wanted, or at once if a recording
// waits under the key.
import { useState } from "preact/hooks";
import { Mic, PenLine } from "lucide-preact";
import { t } from "../../i18n";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { Recorder } from "./Recorder";

export function AddVoice({ draftKey, words }: { draftKey: string; words: string }) {
  const { voices } = useHouse();
  const [wanted, setWanted] = useState(false);
  const waits = voices.recording(draftKey).value !== null;
  if (!wanted && !waits)
    return (
      <div class="row">
        <Button icon={Mic} onClick={() => setWanted(true)}>
          {words}
        </Button>
      </div>
    );
  return (
    <>
      <Recorder draftKey={draftKey} onWrite={() => setWanted(false)} />
      {!waits && (
        <div class="row">
          <Button look="plain" icon={PenLine} onClick={() => setWanted(false)}>
            {t("voice.write.instead")}
          </Button>
        </div>
      )}
    </>
  );
}
