// SPDX-License-Identifier: AGPL-3.0-or-later
// Talking instead of writing: start, pause, stop; then listen, record again, or delete. What is kept under the draft's key
// waits there until the screen that shows this sends or keeps it. That screen calls finishRecording(key) first.
import { useEffect, useRef } from "preact/hooks";
import { Mic, Pause, Square } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Notice, VisuallyHidden } from "../../ui";
import { useHouse } from "../house-context";
import { KeptRecording } from "./KeptRecording";
import { LevelMark } from "./LevelMark";
import { digits, sayLength } from "./length";
import type { Live } from "./live";
import { roomLeft } from "./room-left";
import { useRecorder, type RecorderState } from "./use-recorder";
import "./Recorder.css";

export interface RecorderProps {
  draftKey: string;
  label?: string;
  /** Offered where there is no microphone: the way back to writing. */
  onWrite?: () => void;
}

const LAST_MINUTE = 60_000;

export function Recorder({ draftKey, label = t("voice.recorder"), onWrite }: RecorderProps) {
  const recorder = useRecorder(draftKey);
  const { live, kept } = recorder;
  const stage = live ? "live" : kept ? "kept" : "idle";
  const box = useFocusOnward(stage);
  return (
    <section class="recorder" aria-label={label} ref={box}>
      {live && <Recording live={live} longestMs={recorder.longestMs} />}
      {kept && <KeptRecording draftKey={draftKey} recorder={recorder} kept={kept} />}
      {stage === "idle" && <Idle recorder={recorder} />}
      {recorder.trouble && (
        <Notice
          tone="wrong"
          title={t(`voice.problem.${recorder.trouble}.title`)}
          actions={onWrite && <Button onClick={onWrite}>{t("voice.write.instead")}</Button>}
        >
          {t(`voice.problem.${recorder.trouble}`)}
        </Notice>
      )}
      {recorder.task.wrong && <Notice tone="wrong">{recorder.task.wrong}</Notice>}
    </section>
  );
}

function Idle({ recorder }: { recorder: RecorderState }) {
  const { voices } = useHouse();
  const left = roomLeft(voices.quota.value);
  if (left.is === "none" || left.is === "gone") return <Notice>{t(`voice.room.${left.is}`)}</Notice>;
  return (
    <>
      <Button icon={Mic} busy={recorder.asking} onClick={() => void recorder.start()}>
        {t(recorder.asking ? "voice.asking" : "voice.start")}
      </Button>
      <p class="soft small">
        {recorder.asking ? t("voice.asking.say") : t("voice.start.hint", { length: sayLength(recorder.longestMs) })}
      </p>
      {left.is === "short" && <Notice>{t("voice.room.short", { count: left.minutes })}</Notice>}
    </>
  );
}

function Recording({ live, longestMs }: { live: Live; longestMs: number }) {
  const phase = live.phase.value;
  const ms = live.ms.value;
  const paused = phase === "paused";
  const silent = !live.heard.value && ms > 6000;
  return (
    <>
      <div class="recorder-now">
        <LevelMark level={live.level} still={phase !== "recording"} />
        <p class="recorder-clock" role="timer" aria-live="off">
          <VisuallyHidden>{`${t("voice.so-far")}: ${sayLength(ms)}`}</VisuallyHidden>
          <span aria-hidden="true">{digits(ms)}</span>
        </p>
        <p class="recorder-status" role="status">
          {t(`voice.status.${phase}`)}
        </p>
      </div>
      <div class="row">
        <Button look="main" icon={Square} busy={phase === "stopping"} onClick={() => void live.stop()}>
          {t("voice.stop")}
        </Button>
        <Button icon={paused ? Mic : Pause} disabled={phase === "stopping"} onClick={paused ? live.goOn : live.pause}>
          {t(paused ? "voice.goOn" : "voice.pause")}
        </Button>
      </div>
      {silent && <Notice>{t("voice.silence")}</Notice>}
      {longestMs - ms <= LAST_MINUTE && <Notice>{t("voice.minute.left")}</Notice>}
    </>
  );
}

/** What was pressed goes away with its stage: the focus goes on to the next thing to press, if it was in here. */
function useFocusOnward(stage: string): { current: HTMLElement | null } {
  const box = useRef<HTMLElement>(null);
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === stage) return;
    before.current = stage;
    const at = document.activeElement;
    if (at === null || at === document.body || box.current?.contains(at)) box.current?.querySelector("button")?.focus();
  }, [stage]);
  return box;
}
