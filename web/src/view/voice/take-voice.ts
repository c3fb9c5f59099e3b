// SPDX-License-Identifier: AGPL-3.0-or-later
// Before an entry goes: the recording under its draft's key, if there is one, ended, whole, and sealed for the room.
import type { Id, VoiceNote, Voices } from "../../model/face";
import { finishRecording } from "./live";

/** Null: nothing was recorded. The recording stays under its key until `voices.drop`: the entry may yet fail. */
export async function takeVoice(voices: Voices, key: string, room: Id): Promise<VoiceNote | null> {
  await finishRecording(key);
  const recording = voices.recording(key).peek();
  return recording === null || recording.bytes === 0 ? null : voices.keep(key, room);
}
