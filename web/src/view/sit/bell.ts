// SPDX-License-Identifier: AGPL-3.0-or-later
// A bell, made here: a few partials of a struck bowl that fade, the higher ones sooner. Nothing is fetched and nothing is
// recorded. It is silent until a person chose otherwise, and it never rings twice at once.
import type { SettingsValues } from "../../model/face";

/** Against the lowest: how high, how loud, how long (seconds until it can no longer be heard). */
const PARTIALS = [
  { ratio: 1, loud: 1, fades: 7 },
  { ratio: 2.02, loud: 0.45, fades: 5 },
  { ratio: 2.98, loud: 0.22, fades: 3.5 },
  { ratio: 4.16, loud: 0.12, fades: 2 },
] as const;
const LOWEST_HZ = 294;
/** All partials at once stay below what a loudspeaker distorts at. */
const LOUDEST = 0.5;
const STRUCK_S = 0.012;
const TREMBLE = [90, 60, 140];

let sounding: AudioContext | null = null;

/** Browsers let a page sound only once it was touched: call it first from a press. */
export function ringBell({ volume, vibrate }: SettingsValues["bell"]): void {
  if (vibrate) navigator.vibrate?.(TREMBLE);
  if (volume > 0) sound(volume);
}

function sound(volume: number): void {
  void sounding?.close().catch(() => undefined);
  const context = new AudioContext();
  sounding = context;
  const all = context.createGain();
  all.gain.value = volume * volume * LOUDEST; // what is heard goes by the square, about
  all.connect(context.destination);
  for (const partial of PARTIALS) strike(context, all, partial);
  void context.resume();
  setTimeout(() => void close(context), 1000 * Math.max(...PARTIALS.map(({ fades }) => fades)));
}

function strike(context: AudioContext, to: AudioNode, { ratio, loud, fades }: (typeof PARTIALS)[number]): void {
  const [tone, gain] = [context.createOscillator(), context.createGain()];
  const now = context.currentTime;
  tone.frequency.value = LOWEST_HZ * ratio;
  gain.gain.setValueAtTime(0.0001, now);
  gain.gain.exponentialRampToValueAtTime(loud / 2, now + STRUCK_S);
  gain.gain.exponentialRampToValueAtTime(0.0001, now + fades);
  tone.connect(gain).connect(to);
  tone.start(now);
  tone.stop(now + fades);
}

async function close(context: AudioContext): Promise<void> {
  if (sounding === context) sounding = null;
  await context.close().catch(() => undefined);
}
