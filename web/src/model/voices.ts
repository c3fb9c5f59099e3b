/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Talking out loud: recordings kept sealed on this device, and voice notes on their way to a room and back.
import { signal } from "@preact/signals";
import { ModelFailure, type Voices } from "./face";

export function createVoices(): Voices {
  const reject = async (): Promise<never> => {
    throw new ModelFailure("unexpected");
  };
  return {
    quota: signal(null),
    longestMs: 600_000,
    recording: () => signal(null),
    start: reject,
    add: reject,
    sound: reject,
    drop: reject,
    keep: reject,
    play: () => ({ [Symbol.asyncIterator]: () => ({ next: reject }) }),
  };
}
