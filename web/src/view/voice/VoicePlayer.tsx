// SPDX-License-Identifier: AGPL-3.0-or-later
// A voice note that stands in an entry, with the few words typed beside it, if there are any. It is fetched and opened only
// when someone presses play.
import type { Id, VoiceNote } from "../../model/face";
import { useHouse } from "../house-context";
import { Words } from "../talk/Words";
import { SoundPlayer } from "./SoundPlayer";
import "./VoicePlayer.css";

const CHUNK_BYTES = 32 << 10;

export function VoicePlayer({ room, note, summary = "" }: { room: Id; note: VoiceNote; summary?: string }) {
  const { voices } = useHouse();
  const about = { type: note.type, ms: note.ms, bytes: note.chunks * CHUNK_BYTES };
  return (
    <div class="voice-player">
      <SoundPlayer key={note.voice} pieces={() => voices.play(room, note)} about={about} />
      {summary && <Words>{summary}</Words>}
    </div>
  );
}
