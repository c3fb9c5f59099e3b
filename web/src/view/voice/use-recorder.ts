// SPDX-License-Identifier: AGPL-3.0-or-later
// The hands of the recorder: from asking for the microphone to what is kept, and every way out. Whoever leaves the screen,
// locks, or leaves quickly takes the screen away, and with it the microphone; a page that is put aside does the same.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Recording } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask, type Task } from "../use-task";
import { beginRecording, stayAwake, type EndedWhy, type Live } from "./live";
import { closeMicrophone, openMicrophone, type Trouble } from "./microphone";
import { longest } from "./room-left";
import { hush } from "./sound";

export interface RecorderState {
  /** What waits under the key; null while there is nothing, or while it is still being made. */
  readonly kept: Recording | null;
  /** It waited there before this screen was opened. */
  readonly found: boolean;
  readonly live: Live | null;
  readonly asking: boolean;
  readonly trouble: Trouble | null;
  /** Why the last one ended, if not by the person. "room": it filled what is left at the house. */
  readonly endedWhy: EndedWhy | "room";
  readonly task: Task;
  /** How long this one may become. */
  readonly longestMs: number;
  start(): Promise<void>;
  drop(): Promise<void>;
}

export function useRecorder(key: string): RecorderState {
  const { session, voices } = useHouse();
  const recording = voices.recording(key).value;
  const task = useTask();
  const [live, setLive] = useState<Live | null>(null);
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [endedWhy, setEndedWhy] = useState<EndedWhy | "room">("asked");
  const [mine, setMine] = useState(false);
  const longestMs = longest(voices.longestMs, voices.quota.value);
  const here = useStopOnLeaving(live);
  useEffect(() => (live ? stayAwake(live, session.touch) : undefined), [live]);

  const begin = async () => {
    const opened = await openMicrophone();
    if (typeof opened === "string") return setTrouble(opened);
    // The question may have stood on the screen longer than the person did.
    if (!here.current) return closeMicrophone(opened.stream);
    const made = await beginRecording(voices, key, opened, longestMs);
    if (!here.current) return void made.stop();
    setMine(true);
    setLive(made);
    void made.ended.then((why) => {
      setEndedWhy(why === "full" && longestMs < voices.longestMs ? "room" : why);
      setLive(null);
    });
  };

  return {
    kept: live || recording?.bytes === 0 ? null : recording,
    found: !mine,
    live,
    asking,
    trouble,
    endedWhy,
    task,
    longestMs,
    async start() {
      hush();
      setTrouble(null);
      setEndedWhy("asked");
      setAsking(true);
      await task.run(begin);
      setAsking(false);
    },
    async drop() {
      await voices.drop(key);
      setEndedWhy("asked");
    },
  };
}

/** Whether the screen still stands; whatever runs ends with it. */
function useStopOnLeaving(live: Live | null): { current: boolean } {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  useEffect(() => {
    if (!live) return;
    const stop = () => void live.stop();
    addEventListener("pagehide", stop);
    return () => {
      removeEventListener("pagehide", stop);
      stop();
    };
  }, [live]);
  return here;
}
