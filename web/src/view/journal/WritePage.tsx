// SPDX-License-Identifier: AGPL-3.0-or-later
// A quiet page: a day, words, nothing else in the way. Feelings, weight, a question and a voice note are there for who wants
// them. Ctrl and Enter keep it; leaving by any door keeps it as a draft.
import { useRef, useState } from "preact/hooks";
import { Mic } from "lucide-preact";
import { t } from "../../i18n";
import type { Id, PageWords, VoiceNote } from "../../model/face";
import { Button, Notice, Page, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";
import { Recorder } from "../voice/Recorder";
import { finishRecording } from "../voice/live";
import { takeVoice } from "../voice/take-voice";
import { DayLine } from "./DayLine";
import { sayDay } from "./days";
import { Feel } from "./Feel";
import { KeptVoice } from "./KeptVoice";
import { PromptLine, type Offer } from "./PromptLine";
import { saysAnything, type PageDraft } from "./use-page-draft";

export interface WritePageProps {
  draft: PageDraft;
  back: { href: string; label: string };
  /** Open the recorder at once. */
  speak?: boolean;
  /** A question above the words: only for a new page. */
  offer?: Offer;
  /** The voice note that the page has already. */
  before?: VoiceNote | null;
  keepWords: string;
  discardWords: string;
  onKeep: (words: PageWords) => Promise<Id>;
  onKept: (id: Id) => void;
  onDiscard: () => void;
}

export function WritePage(props: WritePageProps) {
  const { draft, before = null } = props;
  const house = useHouse();
  const now = useNow();
  const keeping = useTask();
  const area = useRef<HTMLTextAreaElement>(null);
  const recorded = house.voices.recording(draft.key).value !== null;
  const [nothing, setNothing] = useState(false);
  const { words } = draft;

  const keep = async () => {
    if (!saysAnything(words) && !recorded) {
      setNothing(true);
      return area.current?.focus();
    }
    await keeping.run(async () => {
      const room = house.rooms.self.peek()?.room;
      const voice = room === undefined ? null : await takeVoice(house.voices, draft.key, room);
      const id = await props.onKeep({ ...words, text: words.text.trimEnd(), voice: voice ?? words.voice });
      // The page has them now; from here on nothing may say that they were not kept.
      await draft.clear().catch(() => undefined);
      if (voice !== null) await house.voices.drop(draft.key).catch(() => undefined);
      props.onKept(id);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void keep();
  };
  const write = (text: string) => {
    setNothing(false);
    draft.change({ text });
  };

  // Who came to speak meets the recorder first; the words come after it.
  const voice = <Voice draft={draft} before={before} recorded={recorded} speak={props.speak ?? false} onWrite={() => area.current?.focus()} />;
  return (
    <Page title={sayDay(words.day, now)} back={props.back}>
      <div class="write-page" onKeyDown={press}>
        <DayLine day={words.day} onChange={(day) => draft.change({ day })} />
        {props.offer && <PromptLine offer={props.offer} onTake={() => area.current?.focus()} />}
        {props.speak && voice}
        <div class="write-page-words">
          <TextArea
            label={t("journal.words.label")}
            hideLabel
            placeholder={t("journal.words.placeholder")}
            value={words.text}
            onInput={write}
            rows={10}
            areaRef={area}
          />
          <SavedNote draft={draft} />
        </div>
        {!props.speak && voice}
        <Feel words={words} onChange={draft.change} />
        {nothing && <Notice>{t("journal.keep.nothing")}</Notice>}
        {keeping.wrong && <Notice tone="wrong">{keeping.wrong}</Notice>}
        <div class="stack stack-s">
          <div class="row">
            <Button look="main" busy={keeping.busy} onClick={() => void keep()}>
              {props.keepWords}
            </Button>
            {(draft.begun || recorded) && <Discard words={props.discardWords} draft={draft} onDone={props.onDiscard} />}
          </div>
          <p class="soft small write-page-keys">{t("journal.keep.keys")}</p>
        </div>
      </div>
    </Page>
  );
}

function SavedNote({ draft }: { draft: PageDraft }) {
  if (draft.saved === "failed") return <Notice tone="wrong">{t("journal.draft.failed")}</Notice>;
  return <p class="write-page-saved soft small">{t(`journal.draft.${draft.saved === "nothing" ? "none" : draft.saved}`)}</p>;
}

interface VoiceProps {
  draft: PageDraft;
  before: VoiceNote | null;
  recorded: boolean;
  speak: boolean;
  onWrite: () => void;
}

function Voice({ draft, before, recorded, speak, onWrite }: VoiceProps) {
  const [open, setOpen] = useState(speak);
  if (before !== null && !recorded) return <KeptVoice draft={draft} note={before} />;
  if (!open && !recorded)
    return (
      <div>
        <Button icon={Mic} onClick={() => setOpen(true)}>
          {t("journal.voice.open")}
        </Button>
      </div>
    );
  return (
    <div class="stack stack-s">
      <Recorder draftKey={draft.key} onWrite={onWrite} />
      {recorded && draft.words.text === "" && <p class="soft small">{t("journal.voice.summary")}</p>}
    </div>
  );
}

function Discard({ words, draft, onDone }: { words: string; draft: PageDraft; onDone: () => void }) {
  const { voices } = useHouse();
  const [asking, setAsking] = useState(false);
  const discard = async () => {
    await finishRecording(draft.key);
    if (voices.recording(draft.key).peek() !== null) await voices.drop(draft.key);
    await draft.clear();
    onDone();
  };
  return (
    <>
      <Button look="plain" onClick={() => setAsking(true)}>
        {words}
      </Button>
      {asking && (
        <Confirm title={t("journal.discard.ask")} yes={t("journal.discard.yes")} run={discard} onClose={() => setAsking(false)}>
          <p>{t("journal.discard.say")}</p>
        </Confirm>
      )}
    </>
  );
}
