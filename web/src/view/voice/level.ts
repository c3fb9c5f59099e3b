// SPDX-License-Identifier: AGPL-3.0-or-later
// How loud it is right now, from 0 to 1, for the mark beside the clock. It is looked at and forgotten.

export interface Level {
  /** Null: this browser does not let us look. */
  now(): number | null;
  close(): void;
}

/** A voice near a microphone is about here; louder is as good as full. */
const FULL = 0.25;
/** Below this it is the hum of the device itself. */
const NOTHING = 0.003;

const UNKNOWN: Level = { now: () => null, close: () => undefined };

export function listenTo(stream: MediaStream): Level {
  if (typeof AudioContext === "undefined") return UNKNOWN;
  const context = new AudioContext();
  const meter = context.createAnalyser();
  meter.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  return {
    now() {
      if (context.state !== "running") return null;
      meter.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close: () => void context.close(),
  };
}

/** The strength of some samples (each −1 to 1), from 0 to 1. The ear hears in steps of doubling: so does the root. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length);
  const strength = Math.sqrt(power);
  return strength < NOTHING ? 0 : Math.min(1, Math.sqrt(strength / FULL));
}
