// SPDX-License-Identifier: AGPL-3.0-or-later
// The box of whoever may speak: words or a voice. What cannot go because the turn is over stays here as a draft.
import { Send } from "lucide-preact";
import { t } from "../../i18n";
import type { Gathering } from "../../model/face";
import { Button, Notice, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useTask } from "../use-task";
import { AddVoice } from "../voice/AddVoice";
import { takeVoice } from "../voice/take-voice";

export function Say({ gathering: { id, room, iHold, stage, pausedUntil } }: { gathering: Gathering }) {
  const { gatherings, voices } = useHouse();
  const key = `gathering:${id}`;
  const words = useDraftText(key);
  const sending = useTask();
  const recording = voices.recording(key).value;
  const nothing = words.text.trim() === "" && recording === null;
  const say = () =>
    sending.run(async () => {
      const voice = await takeVoice(voices, key, room);
      await gatherings.say(id, { text: words.text.trim(), ...(voice && { voice }) });
      if (voice) await voices.drop(key).catch(() => undefined);
      words.clear();
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || nothing) return;
    event.preventDefault();
    void say();
  };
  return (
    <div class="stack stack-s">
      <TextArea label={t(!iHold ? "gatherings.say.reply" : stage === "opening" ? "gatherings.say.opening" : "gatherings.say")} value={words.text} onInput={words.write} onKeyDown={onKeyDown} rows={3} />
      <AddVoice draftKey={key} words={t("gatherings.say.voice")} />
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button icon={Send} busy={sending.busy} disabled={nothing || pausedUntil !== null} onClick={() => void say()}>
          {t("gatherings.say.send")}
        </Button>
      </div>
    </div>
  );
}
