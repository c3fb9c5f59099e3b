// SPDX-License-Identifier: AGPL-3.0-or-later
// The box of whoever may speak now: the holder, or anyone when replies are welcome. "Hand on" is the same button whether one
// spoke or not. Words begun and not said stay in the box, with a sentence, when the turn has gone on.
import { useState } from "preact/hooks";
import { Mic } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Check, Notice, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useTask } from "../use-task";
import { Recorder } from "../voice/Recorder";
import { takeVoice } from "../voice/take-voice";
import type { Here } from "./Gathering";
import { nameOf } from "./words";

export function Box(here: Here) {
  const { voices } = useHouse();
  const { gathering } = here;
  const { id, iHold, holder, repliesWelcome, pausedUntil, room } = gathering;
  const key = `gathering:${id}`;
  const draft = useDraftText(key);
  const recording = voices.recording(key).value;
  const [aloud, setAloud] = useState(false);
  const [asked, setAsked] = useState(false);
  const saying = useSaying(here, key, draft);
  const may = iHold || (repliesWelcome && holder !== null);
  const begun = draft.text.trim() !== "" || recording !== null;
  if (!may && !begun) return null;
  const speaksAloud = aloud || recording !== null;
  const say = async () => {
    if (begun && (await saying.run(room))) setAloud(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (may && pausedUntil === null) void say();
  };
  const label = sayBox(here, may);
  const writing = { value: draft.text, onInput: draft.write, onKeyDown };
  return (
    <section class="reply-box" aria-label={label}>
      <div class="reply-box-inside">
        {speaksAloud ? (
          <>
            <Recorder draftKey={key} onWrite={() => setAloud(false)} />
            <TextArea label={t("voice.summary")} hint={t("voice.summary.hint")} rows={2} {...writing} />
          </>
        ) : (
          <TextArea label={label} hint={iHold ? t("gatherings.write.hint") : undefined} rows={3} {...writing} />
        )}
        {!speaksAloud && may && (
          <Button look="plain" icon={Mic} onClick={() => setAloud(true)}>
            {t("voice.instead")}
          </Button>
        )}
        {saying.wrong && <Notice tone="wrong">{saying.wrong}</Notice>}
        {!may && <p role="status">{t("failure.not-your-turn")}</p>}
        {asked && iHold && begun && <Notice>{t("gatherings.words.first")}</Notice>}
        <div class="row">
          {may && (
            <Button look="main" busy={saying.busy || pausedUntil !== null} onClick={() => void say()}>
              {t(iHold ? "gatherings.speak" : "gatherings.speak.reply")}
            </Button>
          )}
          {iHold && <HandOn {...here} ask={begun && !asked} onAsk={() => setAsked(true)} />}
        </div>
        {iHold && gathering.stage !== "opening" && <Replies {...here} />}
      </div>
    </section>
  );
}

function sayBox({ gathering: { iHold, holder, stage }, circle }: Here, may: boolean): string {
  if (iHold) return t(stage === "opening" ? "gatherings.write.opening" : "gatherings.write");
  return may && holder !== null ? t("gatherings.write.reply", { name: nameOf(circle, holder) }) : t("gatherings.write");
}

/** The words leave the draft, and the recording its place, only when both are safe on this device. */
function useSaying({ gathering: { id } }: Here, key: string, draft: ReturnType<typeof useDraftText>) {
  const { gatherings, voices } = useHouse();
  const task = useTask();
  const run = (room: string) =>
    task.run(async () => {
      const voice = await takeVoice(voices, key, room);
      await gatherings.say(id, { text: draft.text.trim(), ...(voice && { voice }) });
      if (voice) await voices.drop(key).catch(() => undefined);
      draft.clear();
    });
  return { busy: task.busy, wrong: task.wrong, run };
}

/** In the opening the host goes on to the first round instead. */
function HandOn({ gathering: { id, stage }, ask, onAsk }: Here & { ask: boolean; onAsk: () => void }) {
  const { gatherings } = useHouse();
  const handing = useTask();
  const go = () => {
    if (ask) onAsk();
    else void handing.run(() => (stage === "opening" ? gatherings.on(id) : gatherings.handOn(id)));
  };
  return (
    <>
      <Button busy={handing.busy} onClick={go}>
        {t(stage === "opening" ? "gatherings.on.check-in" : "gatherings.hand-on")}
      </Button>
      {stage !== "opening" && <span class="soft small">{t("gatherings.hand-on.hint")}</span>}
      {handing.wrong && <Notice tone="wrong">{handing.wrong}</Notice>}
    </>
  );
}

function Replies({ gathering: { id, repliesWelcome } }: Here) {
  const { gatherings } = useHouse();
  const setting = useTask();
  const [wanted, setWanted] = useState(repliesWelcome);
  const set = (on: boolean) => {
    setWanted(on);
    void setting.run(() => gatherings.welcomeReplies(id, on));
  };
  return (
    <Check
      checked={setting.busy ? wanted : repliesWelcome}
      onChange={set}
      detail={t("gatherings.replies.detail")}
      error={setting.wrong}
    >
      {t("gatherings.replies")}
    </Check>
  );
}
