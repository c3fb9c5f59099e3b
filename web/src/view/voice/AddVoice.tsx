// SPDX-License-Identifier: AGPL-3.0-or-later
// The way to a recorder beside a box for words: a button first, the recorder once it is wanted, or at once if a recording
// waits under the key.
import { useRef, useState } from "preact/hooks";
import { Mic } from "lucide-preact";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { Recorder } from "./Recorder";

export function AddVoice({ draftKey, words }: { draftKey: string; words: string }) {
  const { voices } = useHouse();
  const [wanted, setWanted] = useState(false);
  const way = useRef<HTMLButtonElement>(null);
  const waits = voices.recording(draftKey).value !== null;
  if (!wanted && !waits)
    return (
      <div class="row">
        <Button icon={Mic} buttonRef={way} onClick={() => setWanted(true)}>
          {words}
        </Button>
      </div>
    );
  const back = () => {
    setWanted(false);
    requestAnimationFrame(() => way.current?.focus()); // once it stands there again
  };
  return <Recorder draftKey={draftKey} onWrite={back} />;
}
