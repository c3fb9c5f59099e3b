// SPDX-License-Identifier: AGPL-3.0-or-later
// The voice note that a page has already, while the page is being changed: listen to it, or leave it out of the new version.
import { t } from "../../i18n";
import type { VoiceNote } from "../../model/face";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { VoicePlayer } from "../voice/VoicePlayer";
import type { PageDraft } from "./use-page-draft";

export function KeptVoice({ draft, note }: { draft: PageDraft; note: VoiceNote }) {
  const room = useHouse().rooms.self.value?.room;
  if (draft.words.voice === null)
    return (
      <div class="row">
        <p class="soft">{t("journal.voice.left")}</p>
        <Button look="plain" onClick={() => draft.change({ voice: note })}>
          {t("journal.voice.back")}
        </Button>
      </div>
    );
  return (
    <div class="stack stack-s">
      {room !== undefined && <VoicePlayer room={room} note={draft.words.voice} />}
      <div class="row">
        <Button look="plain" onClick={() => draft.change({ voice: null })}>
          {t("journal.voice.leave")}
        </Button>
      </div>
    </div>
  );
}
