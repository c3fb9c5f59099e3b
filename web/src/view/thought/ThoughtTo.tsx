// SPDX-License-Identifier: AGPL-3.0-or-later
// The one touch itself, with room for words that stays folded until wanted.
import { useState } from "preact/hooks";
import { Sparkle } from "lucide-preact";
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { Button, Notice, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useTask } from "../use-task";

export function ThoughtTo({ bond, onSent }: { bond: Bond; onSent: (thought: string) => void }) {
  const { thoughts } = useHouse();
  const words = useDraftText(`thought:${bond.room}`);
  const [open, setOpen] = useState(false);
  const sending = useTask();
  const send = () =>
    sending.run(async () => {
      const thought = await thoughts.send(bond.room, words.text.trim());
      words.clear();
      onSent(thought);
    });
  if (!thoughts.mayThink(bond.room).value) return <Notice tone="warm">{t("thought.many", { name: bond.name })}</Notice>;
  return (
    <div class="stack">
      {(open || words.text !== "") && (
        <TextArea label={t("thought.words.label")} hint={t("thought.words.hint")} value={words.text} onInput={words.write} rows={2} />
      )}
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button look="main" icon={Sparkle} busy={sending.busy} onClick={() => void send()}>
          {t("thought.send", { name: bond.name })}
        </Button>
        {!open && words.text === "" && (
          <Button look="plain" onClick={() => setOpen(true)}>
            {t("thought.words.add")}
          </Button>
        )}
      </div>
      <p class="soft small">{t("thought.quiet", { name: bond.name })}</p>
      <p class="soft small">{t("thought.once")}</p>
    </div>
  );
}
