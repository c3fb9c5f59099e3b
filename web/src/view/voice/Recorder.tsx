// SPDX-License-Identifier: AGPL-3.0-or-later
// Talking instead of writing: start, pause, stop; then listen, record again, or delete. What is kept under the draft's key
// waits there until the screen that shows this sends or keeps it. That screen calls finishRecording(key) first.
import { useEffect, useRef } from "preact/hooks";
import { Mic, Pause, PenLine, Square } from "lucide-preact";
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
  /** The way back to writing, while nothing is recorded. */
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
      {recorder.trouble && (
        <Notice tone="wrong" title={t(`voice.problem.${recorder.trouble}.title`)}>
          {t(`voice.problem.${recorder.trouble}`)}
        </Notice>
      )}
      {stage === "idle" && <Idle recorder={recorder} onWrite={onWrite} />}
      {recorder.task.wrong && <Notice tone="wrong">{recorder.task.wrong}</Notice>}
    </section>
  );
}

function Idle({ recorder, onWrite }: { recorder: RecorderState; onWrite: (() => void) | undefined }) {
  const { voices } = useHouse();
  const { asking, trouble } = recorder;
  const left = roomLeft(voices.quota.value);
  const full = left.is === "none" || left.is === "gone";
  // Trying again helps with neither of the last two.
  const possible = !full && trouble !== "insecure" && trouble !== "unable";
  return (
    <>
      {full && <Notice>{t(`voice.room.${left.is}`)}</Notice>}
      {left.is === "short" && <Notice>{t("voice.room.short", { count: left.minutes })}</Notice>}
      <div class="row">
        {possible && (
          <Button icon={Mic} busy={asking} onClick={() => void recorder.start()}>
            {t(asking ? "voice.asking" : trouble ? "ui.tryAgain" : "voice.start")}
          </Button>
        )}
        {onWrite && (
          <Button look="plain" icon={PenLine} onClick={onWrite}>
            {t("voice.write.instead")}
          </Button>
        )}
      </div>
      {possible && (
        <p class="soft small">
          {asking ? t("voice.asking.say") : t("voice.start.hint", { length: sayLength(recorder.longestMs) })}
        </p>
      )}
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

/** What was pressed goes away with its stage: the focus goes on to the next thing to press, if it was in here or nowhere. What
    is found at opening takes no focus: nothing was pressed for it. */
function useFocusOnward(stage: "idle" | "live" | "kept"): { current: HTMLElement | null } {
  const box = useRef<HTMLElement>(null);
  const found = useRef(stage === "kept");
  useEffect(() => {
    const at = document.activeElement;
    const free = at === null || at === document.body || box.current?.contains(at);
    if (free && !found.current) box.current?.querySelector("button")?.focus();
    found.current = false;
  }, [stage]);
  return box;
}
