// SPDX-License-Identifier: AGPL-3.0-or-later
// The browser's microphone and recorder, and why they may not be had. Nothing here keeps anything.

/** Why there is no microphone: picks the words that say what to do. */
export type Trouble = "refused" | "missing" | "busy" | "insecure" | "unable";

/** Opus where the browser has it; AAC on older Safari. The first it can do. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"] as const;

export function pickType(can: (type: string) => boolean): string | null {
  return TYPES.find(can) ?? null;
}

/** What getUserMedia said, by the names of its errors. */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "SecurityError") return "insecure";
  return "busy";
}

export interface Opened {
  readonly stream: MediaStream;
  readonly type: string;
}

/** One voice, near: what makes speech clear. The device's own sounds are left out. */
const VOICE: MediaTrackConstraints = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Asks the person through the browser. */
export async function openMicrophone(): Promise<Opened | Trouble> {
  if (!isSecureContext) return "insecure";
  const type = typeof MediaRecorder === "undefined" ? null : pickType((one) => MediaRecorder.isTypeSupported(one));
  if (type === null || !navigator.mediaDevices) return "unable";
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: VOICE }), type };
  } catch (error) {
    return troubleOf(error);
  }
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
