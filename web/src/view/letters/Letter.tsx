// SPDX-License-Identifier: AGPL-3.0-or-later
// One letter, to be read: open, sealed, or going. What can be done with it stands under it; sending is not among that, but a
// road of its own further down.
import { useRef, useState } from "preact/hooks";
import { LockKeyhole, PenLine, Wind } from "lucide-preact";
import { t } from "../../i18n";
import type { Id, Letter as WholeLetter } from "../../model/face";
import { Button, ButtonLink, Page } from "../../ui";
import { useHouse } from "../house-context";
import { sayWhen, useNow } from "../talk/when";
import { useTask } from "../use-task";
import { Gone } from "./Gone";
import { LetGo } from "./LetGo";
import { LetterWords } from "./LetterWords";
import { NoLetter } from "./NoLetter";
import { Earlier, Place, Road, Shared } from "./parts";
import { Seal } from "./Seal";
import { Sealed } from "./Sealed";
import { useLetter } from "./use-letter";
import { isSealed, sayTo, shutIn, wordsOf } from "./words";
import "./letters.css";

export function Letter({ letter: id }: { letter: Id }) {
  const { letters } = useHouse();
  const now = useLetter(id);
  const [going, setGoing] = useState<"no" | "now" | "gone">("no");
  const task = useTask();
  // While it goes it stands as it was: it may leave the model before the model says that it is done.
  const last = useRef(now);
  if (now) last.current = now;
  const letGo = async () => {
    setGoing("now");
    setGoing((await task.run(() => letters.letGo(id))) ? "gone" : "no");
  };
  if (going === "gone") return <Gone />;
  const letter = going === "now" ? last.current : now;
  if (!letter) return <NoLetter id={id} title={t("letters.to.none")} />;
  return <Reading letter={letter} busy={going === "now"} wrong={task.wrong} onLetGo={() => void letGo()} />;
}

interface ReadingProps {
  letter: WholeLetter;
  busy: boolean;
  wrong: string | null;
  onLetGo: () => void;
}

function Reading({ letter, busy, wrong, onLetGo }: ReadingProps) {
  const now = useNow();
  const [asking, setAsking] = useState<"seal" | "letgo" | null>(null);
  const shut = shutIn(letter);
  const open = letter.newest.filter((version) => !isSealed(version));
  const { to } = shut ? shut.words : wordsOf(letter);
  return (
    <Page
      title={<bdi>{sayTo(to)}</bdi>}
      lead={t(shut ? "letters.read.sealed" : "letters.read.written", { when: sayWhen(letter.at, now) })}
      back={{ href: "/letters", label: t("letters.back") }}
    >
      {shut && <Sealed letter={letter} shut={shut} />}
      {open.length > 0 && <LetterWords letter={letter} versions={open} />}
      <Shared letter={letter} />
      <Place letter={letter} />
      <div class="row">
        {!shut && (
          <>
            <ButtonLink icon={PenLine} href={`/letters/${letter.id}/edit`}>
              {t("letters.change")}
            </ButtonLink>
            <Button icon={LockKeyhole} onClick={() => setAsking("seal")}>
              {t("letters.seal")}
            </Button>
          </>
        )}
        <Button icon={Wind} busy={busy} onClick={() => setAsking("letgo")}>
          {t("letters.letgo")}
        </Button>
      </div>
      <Earlier letter={letter} />
      {!shut && <Road letter={letter} />}
      {asking === "seal" && <Seal letter={letter} onClose={() => setAsking(null)} />}
      {asking === "letgo" && <LetGo letter={letter} busy={busy} wrong={wrong} onYes={onLetGo} onClose={() => setAsking(null)} />}
    </Page>
  );
}
