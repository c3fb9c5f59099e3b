// SPDX-License-Identifier: AGPL-3.0-or-later
// What the recorder and the player decide, without a microphone: lengths, what is left, which kind of sound, and how a
// recording is kept, piece by piece, whatever happens to it on the way.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { signal } from "@preact/signals";
import { ModelFailure, type Voices } from "../../model/face";
import { digits, sayLength } from "./length";
import { loudness } from "./level";
import { beginRecording, finishRecording, stayAwake } from "./live";
import { pickType, troubleOf } from "./microphone";
import { BITS_PER_SECOND, longest, roomLeft } from "./room-left";
import { takeVoice } from "./take-voice";
import { bringInside } from "../../i18n";

before(bringInside);

const MINUTE = 60_000;

test("a length is said in digits and in words", () => {
  assert.equal(digits(0), "0:00");
  assert.equal(digits(65_900), "1:05");
  assert.equal(digits(600_000), "10:00");
  assert.equal(sayLength(999), "0 seconds");
  assert.equal(sayLength(1_000), "1 second");
  assert.equal(sayLength(60_000), "1 minute");
  assert.equal(sayLength(125_000), "2 minutes 5 seconds");
});

test("what is left at the house is said only when it is getting short", () => {
  const bytes = (minutes: number) => (BITS_PER_SECOND / 8) * 60 * 1.25 * minutes;
  const quota = (minutes: number) => ({ usedBytes: 1000, quotaBytes: 1000 + bytes(minutes) });
  assert.deepEqual(roomLeft(null), { is: "enough" });
  assert.deepEqual(roomLeft(quota(20)), { is: "enough" });
  assert.deepEqual(roomLeft(quota(7.5)), { is: "short", minutes: 7 });
  assert.deepEqual(roomLeft(quota(0.5)), { is: "gone" });
  assert.deepEqual(roomLeft({ usedBytes: 10, quotaBytes: 5 }), { is: "gone" });
  assert.deepEqual(roomLeft({ usedBytes: 0, quotaBytes: 0 }), { is: "none" });
  assert.equal(longest(10 * MINUTE, null), 10 * MINUTE);
  assert.equal(longest(10 * MINUTE, quota(20)), 10 * MINUTE);
  assert.equal(Math.round(longest(10 * MINUTE, quota(3))), 3 * MINUTE);
});

test("Opus is recorded where the browser can, else what it can", () => {
  assert.equal(pickType(() => true), "audio/webm;codecs=opus");
  assert.equal(pickType((type) => type.startsWith("audio/mp4")), "audio/mp4;codecs=mp4a.40.2");
  assert.equal(pickType(() => false), null);
});

test("each way of having no microphone is told apart", () => {
  const named = (name: string) => Object.assign(new Error("no"), { name });
  assert.equal(troubleOf(named("NotAllowedError")), "refused");
  assert.equal(troubleOf(named("NotFoundError")), "missing");
  assert.equal(troubleOf(named("NotReadableError")), "busy");
  assert.equal(troubleOf(named("SecurityError")), "insecure");
});

test("silence is nothing, a near voice is nearly all", () => {
  assert.equal(loudness(new Float32Array(512)), 0);
  assert.equal(loudness(new Float32Array(512).fill(0.001)), 0);
  assert.ok(loudness(new Float32Array(512).fill(0.2)) > 0.8);
  assert.equal(loudness(new Float32Array(512).fill(1)), 1);
});

// ── A recorder without a browser ────────────────────────────────────────────────────────────────────────────────────────

class FakeTrack {
  stopped = false;
  onended: (() => void) | null = null;
  stop() {
    this.stopped = true;
  }
}

class FakeRecorder {
  static last: FakeRecorder;
  state: "inactive" | "recording" | "paused" = "inactive";
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly stream: { getTracks(): FakeTrack[] }) {
    FakeRecorder.last = this;
  }
  start() {
    this.state = "recording";
  }
  pause() {
    this.state = "paused";
  }
  resume() {
    this.state = "recording";
  }
  give(text: string) {
    this.ondataavailable?.({ data: new Blob([text]) });
  }
  /** As a browser does: a last piece, then the end, both later than the call. */
  stop() {
    this.state = "inactive";
    setTimeout(() => (this.give("last"), this.onstop?.()));
  }
}
Object.assign(globalThis, { MediaRecorder: FakeRecorder });

function setUp(over: Partial<Voices> = {}) {
  const kept: string[] = [];
  const track = new FakeTrack();
  const voices = {
    recording: () => signal({ id: "r", began: 0, ms: 1, bytes: 8, type: "audio/webm;codecs=opus" }),
    start: async () => void kept.push("start"),
    add: async (_key: string, piece: Uint8Array) => void kept.push(new TextDecoder().decode(piece)),
    keep: async () => (kept.push("keep"), { voice: "v", key: "k", digest: "d", ms: 1, chunks: 1, type: "audio/webm;codecs=opus" }),
    ...over,
  } as unknown as Voices;
  const opened = { stream: { getTracks: () => [track] } as unknown as MediaStream, type: "audio/webm;codecs=opus" };
  return { kept, track, voices, begin: (longestMs = 10 * MINUTE) => beginRecording(voices, "page:new", opened, longestMs) };
}

test("pieces are kept in order, the last one too, and the microphone is let go at once", async () => {
  const { kept, track, begin } = setUp();
  const live = await begin();
  FakeRecorder.last.give("one");
  FakeRecorder.last.give("two");
  const ended = live.stop();
  assert.ok(track.stopped, "before the last piece is even there");
  assert.equal(await ended, "asked");
  assert.deepEqual(kept, ["start", "one", "two", "last"]);
});

test("a pause does not count, and its recorder listens no more", async () => {
  const { begin } = setUp();
  const live = await begin();
  live.pause();
  assert.equal(FakeRecorder.last.state, "paused");
  const before = live.ms.value;
  await new Promise((done) => setTimeout(done, 450));
  assert.ok(live.ms.value - before < 100, `${live.ms.value} after ${before}`);
  live.goOn();
  assert.equal(FakeRecorder.last.state, "recording");
  await live.stop();
});

test("it ends by itself when it is as long as it may be, and when the microphone goes away", async () => {
  const full = await setUp().begin(1);
  assert.equal(await full.ended, "full");
  const { track, begin } = setUp();
  const live = await begin();
  track.onended?.();
  assert.equal(await live.ended, "microphone");
});

test("when the device cannot keep any more it stops, and nothing is put after the gap", async () => {
  const kept: string[] = [];
  const { begin, track } = setUp({
    add: async (_key, piece) => {
      const text = new TextDecoder().decode(piece);
      if (text === "two") throw new ModelFailure("storage");
      kept.push(text);
    },
  });
  const live = await begin();
  for (const piece of ["one", "two", "three"]) FakeRecorder.last.give(piece);
  assert.equal(await live.ended, "storage");
  assert.deepEqual(kept, ["one"]);
  assert.ok(track.stopped);
});

test("a house without room leaves no microphone open", async () => {
  const { begin, track } = setUp({ start: () => Promise.reject(new ModelFailure("voice-full")) });
  await assert.rejects(begin(), { code: "voice-full" });
  assert.ok(track.stopped);
});

test("who sends in the middle of talking waits for the last piece", async () => {
  const { kept, voices, begin } = setUp();
  await begin();
  FakeRecorder.last.give("one");
  const note = await takeVoice(voices, "page:new", "room");
  assert.equal(note?.voice, "v");
  assert.deepEqual(kept, ["start", "one", "last", "keep"]);
  await finishRecording("page:new"); // nothing runs any more
});

test("who talks is not locked out in the middle of it; who has paused, or is done, may be", () => {
  const live = { phase: signal<"recording" | "paused" | "stopping">("recording"), ms: signal(0) };
  let touched = 0;
  const end = stayAwake(live, () => touched++);
  live.ms.value = 200;
  live.ms.value = 400;
  assert.equal(touched, 3);
  live.phase.value = "paused";
  live.ms.value = 600;
  assert.equal(touched, 3);
  live.phase.value = "recording";
  assert.equal(touched, 4);
  end();
  live.ms.value = 800;
  assert.equal(touched, 4);
});
