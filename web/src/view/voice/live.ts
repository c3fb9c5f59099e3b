// SPDX-License-Identifier: AGPL-3.0-or-later
// A recording while it is made. The recorder hands over a piece each second, and each goes to the model at once: a crash loses
// a second at most. It outlives the screen that began it just long enough to keep its last piece.
//
// Its one complication: pieces become bytes asynchronously, so they stand in a queue, and the recording has ended only when
// the queue is empty. The microphone is let go before that, at once.
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { ModelFailure, type Voices } from "../../model/face";
import { listenTo, type Level } from "./level";
import { closeMicrophone, type Opened } from "./microphone";
import { BITS_PER_SECOND } from "./room-left";

const PIECE_MS = 1000;
const TICK_MS = 200;

/** Why it ended. "microphone": it was unplugged, or another program took it. "elsewhere": another tab began one in its place. */
export type EndedWhy = "asked" | "full" | "microphone" | "elsewhere" | "storage";

export interface Live {
  readonly phase: ReadonlySignal<"recording" | "paused" | "stopping">;
  /** The length so far, pauses left out. */
  readonly ms: ReadonlySignal<number>;
  /** Whether any sound has come in since it began; true where that cannot be known. */
  readonly heard: ReadonlySignal<boolean>;
  readonly level: Level;
  readonly ended: Promise<EndedWhy>;
  pause(): void;
  goOn(): void;
  /** Ends it; the same promise as `ended`. */
  stop(): Promise<EndedWhy>;
}

/** What is being recorded in this tab, by draft key: whoever sends waits for the last piece (see finishRecording). */
const running = new Map<string, Live>();

/** Ends what is being recorded under this key, if anything, and waits until all of it is kept. Call it before `voices.keep`. */
export async function finishRecording(key: string): Promise<void> {
  await running.get(key)?.stop();
}

/** Who talks is here, though no key is touched: TOUCH says so, as long as it records and is not paused. Gives its end. */
export function stayAwake({ phase, ms }: Pick<Live, "phase" | "ms">, touch: () => void): () => void {
  return effect(() => {
    if (phase.value === "recording" && ms.value >= 0) touch();
  });
}

/** Begins under KEY. Rejects with a ModelFailure if the model takes none; the microphone is closed then. */
export async function beginRecording(voices: Voices, key: string, { stream, type }: Opened, longestMs: number): Promise<Live> {
  try {
    await finishRecording(key);
    await voices.start(key, type);
    return record(voices, key, new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND }), longestMs);
  } catch (error) {
    closeMicrophone(stream);
    throw error instanceof ModelFailure ? error : new ModelFailure("unexpected");
  }
}

function record(voices: Voices, key: string, recorder: MediaRecorder, longestMs: number): Live {
  const phase = signal<"recording" | "paused" | "stopping">("recording");
  const ms = signal(0);
  const heard = signal(false);
  const level = listenTo(recorder.stream);
  let why: EndedWhy = "asked";
  let before = 0; // the length up to the last pause
  let since = performance.now();
  let queue = Promise.resolve();
  let broken = false;

  const length = () => (phase.peek() === "recording" ? before + performance.now() - since : before);

  const keep = async (piece: Blob, at: number) => {
    if (broken) return; // after a gap the rest could not be played
    try {
      await voices.add(key, new Uint8Array(await piece.arrayBuffer()), at);
    } catch (error) {
      broken = true;
      end(error instanceof ModelFailure && error.code === "gone" ? "elsewhere" : "storage");
    }
  };

  const end = (because: EndedWhy) => {
    if (phase.peek() === "stopping") return;
    why = because;
    before = length();
    ms.value = before;
    phase.value = "stopping";
    clearInterval(timer);
    level.close();
    if (recorder.state !== "inactive") recorder.stop();
    closeMicrophone(recorder.stream);
  };

  const tick = () => {
    ms.value = length();
    if (!heard.peek() && level.now() !== 0) heard.value = true;
    if (ms.peek() >= longestMs) end("full");
  };

  recorder.ondataavailable = ({ data }) => {
    const at = Math.round(Math.min(length(), longestMs)); // the clock looks five times a second: it may be a little late
    if (data.size > 0) queue = queue.then(() => keep(data, at));
  };
  for (const track of recorder.stream.getTracks()) track.onended = () => end("microphone");
  const ended = new Promise<EndedWhy>((done) => {
    recorder.onstop = () => {
      end("microphone"); // by itself, unless someone asked before
      void queue.then(() => {
        running.delete(key);
        done(why);
      });
    };
  });
  recorder.onerror = () => end("microphone");
  const timer = setInterval(tick, TICK_MS);
  recorder.start(PIECE_MS);

  const live: Live = {
    phase,
    ms,
    heard,
    level,
    ended,
    pause() {
      if (phase.peek() !== "recording") return;
      before = length();
      phase.value = "paused";
      recorder.pause();
    },
    goOn() {
      if (phase.peek() !== "paused") return;
      since = performance.now();
      phase.value = "recording";
      recorder.resume();
    },
    stop() {
      end("asked");
      return ended;
    },
  };
  running.set(key, live);
  return live;
}
