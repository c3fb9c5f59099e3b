// SPDX-License-Identifier: AGPL-3.0-or-later
// Under my own words: where they are, and the ways back that still exist. Undo puts the words into the box again.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, toast } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { draftKey, hasVoice, noteKey, type EntryLine } from "./compose";
import { Confirm } from "./Confirm";
import { PlaceNote } from "./PlaceNote";
import type { Talking } from "./talking";

export function EntryFoot({ line, talking }: { line: EntryLine; talking: Talking }) {
  const { place, content } = line;
  // A goodbye can be taken back, as words; the end that came with it cannot be undone, so nothing says "undo".
  const undoable = place.is === "sent" && place.undoUntil !== null && content.kind !== "goodbye";
  if (place.is === "sent" && place.undoUntil === null && !isNewestOfMine(line, talking)) return null;
  return (
    <footer class="entry-foot">
      <PlaceNote place={place} />
      {undoable && <Undo line={line} talking={talking} />}
      {(place.is === "unsent" || place.is === "refused") && <WaysBack line={line} talking={talking} />}
    </footer>
  );
}

function isNewestOfMine(line: EntryLine, { log }: Talking): boolean {
  const newest = [...log.lines.value].reverse().find((other) => other.is === "entry" && other.mine);
  return newest?.key === line.key;
}

function Undo({ line, talking }: { line: EntryLine; talking: Talking }) {
  const { drafts } = useHouse();
  const undo = async () => {
    const { content } = line;
    try {
      await talking.log.undo(line.id);
    } catch (error) {
      return void toast(sayFailure(error));
    }
    if (talking.composer.text === "") {
      if (content.kind === "share") {
        drafts.write(draftKey(talking.room), { text: content.text, wish: content.wish });
        if (content.note) drafts.write(noteKey(talking.room), { text: content.note });
      }
      if (content.kind === "reply") drafts.write(draftKey(talking.room), { text: content.text, to: content.to });
    }
    toast(t("talk.undo.done"));
    talking.composer.box.current?.focus();
  };
  return (
    <Button look="plain" onClick={() => void undo()}>
      {t("talk.place.undo")}
    </Button>
  );
}

function WaysBack({ line, talking }: { line: EntryLine; talking: Talking }) {
  const { drafts } = useHouse();
  const [asking, setAsking] = useState(false);
  const toBox = async () => {
    try {
      await talking.log.toDraft(line.id);
    } catch (error) {
      return void toast(sayFailure(error));
    }
    if (line.content.kind === "share" && line.content.note) drafts.write(noteKey(talking.room), { text: line.content.note });
  };
  return (
    <>
      {(hasVoice(line.content) || ("text" in line.content && line.content.text !== "")) && (
        <Button look="plain" onClick={() => void toBox()}>
          {t("talk.place.todraft")}
        </Button>
      )}
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("talk.place.discard")}
      </Button>
      {asking && (
        <Confirm
          title={t("talk.discard.ask")}
          yes={t("talk.discard.yes")}
          run={() => talking.log.discard(line.id)}
          onClose={() => setAsking(false)}
        >
          <p>{t("talk.discard.say")}</p>
        </Confirm>
      )}
    </>
  );
}
