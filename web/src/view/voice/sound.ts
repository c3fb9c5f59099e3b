// SPDX-License-Identifier: AGPL-3.0-or-later
// Gives an <audio> element a sound that comes piece by piece. Where the browser can take pieces (MediaSource) it plays before
// the whole is there; elsewhere, and for what is too large for its buffer, all of it is collected first.
//
// A sound is opened once for each listening and closed after it: the pieces then stop coming, and no address of it is left.

export type Pieces = () => AsyncIterable<Uint8Array>;

export interface Sound {
  /** Resolves when all of it has come; rejects with what went wrong on the way. */
  readonly whole: Promise<void>;
  close(): void;
}

/** Chromium keeps 12 MB of sound for one element, and throws the rest away behind one's back. */
const LARGEST_STREAMED = 10 << 20;

export interface About {
  readonly type: string;
  readonly ms: number;
  /** At least as many as there are. */
  readonly bytes: number;
}

export function openSound(audio: HTMLAudioElement, pieces: Pieces, about: About): Sound {
  const streamed = about.bytes <= LARGEST_STREAMED && typeof MediaSource !== "undefined" && MediaSource.isTypeSupported(about.type);
  return streamed ? stream(audio, pieces, about) : collect(audio, pieces, about);
}

function stream(audio: HTMLAudioElement, pieces: Pieces, { type, ms }: About): Sound {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  let closed = false;
  const run = async () => {
    await once(source, "sourceopen");
    URL.revokeObjectURL(url); // the element holds it now
    const buffer = source.addSourceBuffer(type);
    source.duration = ms / 1000; // what a recorder writes has no length of its own
    for await (const piece of pieces()) {
      if (closed) return;
      buffer.appendBuffer(piece as BufferSource);
      await once(buffer, "updateend");
    }
    if (!closed && source.readyState === "open") source.endOfStream();
  };
  audio.src = url;
  return {
    whole: run(),
    close() {
      closed = true;
      URL.revokeObjectURL(url);
      empty(audio);
    },
  };
}

function collect(audio: HTMLAudioElement, pieces: Pieces, { type }: About): Sound {
  let url: string | null = null;
  let closed = false;
  const run = async () => {
    const all: BlobPart[] = [];
    for await (const piece of pieces()) {
      if (closed) return;
      all.push(piece as BlobPart);
    }
    if (closed) return;
    url = URL.createObjectURL(new Blob(all, { type }));
    audio.src = url;
  };
  return {
    whole: run(),
    close() {
      closed = true;
      if (url !== null) URL.revokeObjectURL(url);
      empty(audio);
    },
  };
}

function empty(audio: HTMLAudioElement): void {
  audio.pause();
  audio.removeAttribute("src");
  audio.load();
}

const once = (target: EventTarget, name: string): Promise<void> =>
  new Promise((done) => target.addEventListener(name, () => done(), { once: true }));

// ── One voice at a time ─────────────────────────────────────────────────────────────────────────────────────────────────

let speaking: HTMLAudioElement | null = null;

/** This one speaks now; whatever spoke before pauses. */
export function speak(audio: HTMLAudioElement): void {
  if (speaking !== audio) speaking?.pause();
  speaking = audio;
}

/** Nothing speaks: before a microphone opens. */
export function hush(): void {
  speaking?.pause();
  speaking = null;
}
