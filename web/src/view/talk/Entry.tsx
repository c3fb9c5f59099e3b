// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of one person in a talk, set like a page of a letter: who and when, what they wished for, the words, what came
// back, and for my own where they are.
import type { ComponentChildren } from "preact";
import { Reply } from "lucide-preact";
import { t } from "../../i18n";
import type { Content, Id, VoiceNote, Wish } from "../../model/face";
import { Button, Icon } from "../../ui";
import { AskedHere } from "../ask/AskedHere";
import { CheckinCard } from "../checkin/CheckinCard";
import { VoicePlayer } from "../voice/VoicePlayer";
import { findEntry, hasVoice, type EntryLine } from "./compose";
import { EntryFoot } from "./EntryFoot";
import { EntryMenu } from "./EntryMenu";
import { Noted } from "./Noted";
import { sayResponse } from "./Responses";
import type { Talking } from "./talking";
import { sayClock } from "./when";
import { When } from "./WhenWords";
import { WISH_DRAWING, sayWish } from "./wishes";
import { Words } from "./Words";

export interface EntrySheetProps {
  mine: boolean;
  who: string;
  at: number;
  now: number;
  menu?: ComponentChildren;
  children: ComponentChildren;
}

/** The sheet that words lie on, the same wherever they are shown. */
export function EntrySheet({ mine, who, at, now, menu, children }: EntrySheetProps) {
  return (
    <article class={`entry ${mine ? "entry-mine" : "entry-theirs"}`}>
      <header class="entry-head">
        <p class="entry-by">
          <bdi class="entry-who">{who}</bdi> <When at={at} now={now} />
        </p>
        {menu}
      </header>
      {children}
    </article>
  );
}

export function Entry({ line, talking }: { line: EntryLine; talking: Talking }) {
  const { content, mine, at } = line;
  const unnamed = content.kind === "aside" && content.said.kind === "kindness";
  const who = mine ? t("talk.you") : unnamed ? t("circles.kind.from") : talking.name;
  return (
    <EntrySheet mine={mine} who={who} at={at} now={talking.now} menu={<EntryMenu line={line} talking={talking} />}>
      {content.kind === "share" && <WishLine wish={content.wish} mine={mine} name={talking.name} />}
      <Said line={line} talking={talking} />
      {line.responses.length > 0 && (
        <ul class="entry-responses" role="list">
          {line.responses.map(({ id, word, author, mine: given }) => (
            <li key={id}>{given ? sayGiven(sayResponse(word), talking) : t("talk.response.them", { name: talking.nameOf(author), words: sayResponse(word) })}</li>
          ))}
        </ul>
      )}
      {!mine && talking.circle && <ToAnswer line={line} talking={talking} />}
      {mine && <EntryFoot line={line} talking={talking} />}
    </EntrySheet>
  );
}

const sayGiven = (words: string, { circle, name }: Talking): string => (circle ? t("circles.response.me", { name, words }) : t("talk.response.me", { words }));

/** In a circle one answers from the line itself: the newest words there are nobody's in particular. */
function ToAnswer({ line, talking: { log, name, composer } }: { line: EntryLine; talking: Talking }) {
  const { kind } = line.content;
  if (kind !== "share" && kind !== "reply") return null;
  return (
    <footer class="spread entry-answer">
      {log.writable.value && (
        <Button look="plain" icon={Reply} onClick={() => composer.replyTo(line.id)}>
          {t("circles.answer.label", { name })}
        </Button>
      )}
      {!line.heard && <p class="soft small">{t("circles.not-heard")}</p>}
    </footer>
  );
}

export function WishLine({ wish, mine, name }: { wish: Wish; mine: boolean; name: string }) {
  return (
    <p class="entry-wish">
      <Icon of={WISH_DRAWING[wish]} size="s" />
      <span>{t(mine ? "talk.wish.mine" : "talk.wish.theirs", { name, wish: sayWish(wish) })}</span>
    </p>
  );
}

function Said({ line, talking }: { line: EntryLine; talking: Talking }) {
  const { content, mine } = line;
  const { name } = talking;
  switch (content.kind) {
    case "share":
      return (
        <MaybeNoted note={content.note} mine={mine}>
          {content.checkin && (
            <div class="entry-checkin">
              <p class="soft small">{t(mine ? "talk.checkin.mine" : "talk.checkin.theirs", { name })}</p>
              <CheckinCard words={content.checkin} />
            </div>
          )}
          <Told content={content} room={talking.room} />
        </MaybeNoted>
      );
    case "reply":
      return (
        <>
          <Quoted to={content.to} line={line} talking={talking} />
          <Told content={content} room={talking.room} />
        </>
      );
    case "thought":
      return <Event words={t(mine ? "talk.thought.mine" : "talk.thought.theirs", { name })} text={content.text} />;
    case "goodbye":
      return <Event words={t(mine ? "talk.goodbye.mine" : "talk.goodbye.theirs", { name })} text={content.text} />;
    case "answer":
      return <Event words={sayAnswer(content, mine, talking)} text={content.text} />;
    case "aside":
      return <SaidAside content={content} mine={mine} talking={talking} />;
    case "ask":
      return <AskedHere line={line} ask={content} talking={talking} />;
    default:
      return null;
  }
}

function MaybeNoted({ note, mine, children }: { note: string | null; mine: boolean; children: ComponentChildren }) {
  if (note === null) return <>{children}</>;
  return (
    <Noted note={note} mine={mine}>
      {children}
    </Noted>
  );
}

/** Said to one member alone. Kind words come without a name. */
function SaidAside({ content: { to, said }, mine, talking }: { content: Extract<Content, { kind: "aside" }>; mine: boolean; talking: Talking }) {
  const name = mine ? talking.nameOf(to) : talking.name;
  const text = "text" in said ? said.text : "";
  switch (said.kind) {
    case "kindness":
      return <Event words={mine ? t("circles.kind.mine", { name }) : t("circles.kind.came")} text={text} />;
    case "response":
      return null;
    default:
      return <Event words={t(mine ? `circles.aside.${said.kind}.mine` : `circles.aside.${said.kind}`, { name })} text={text} />;
  }
}

/** Words, or a voice with a few words beside it. */
export function Told({ content, room }: { content: { readonly text: string; readonly voice: VoiceNote | null }; room: Id }) {
  if (content.voice) return <VoicePlayer room={room} note={content.voice} summary={content.text} />;
  return content.text ? <Words>{content.text}</Words> : null;
}

function Event({ words, text }: { words: string; text: string }) {
  return (
    <>
      <p class="entry-event">{words}</p>
      {text && <Words>{text}</Words>}
    </>
  );
}

function sayAnswer(content: Extract<Content, { kind: "answer" }>, mine: boolean, { name, now }: Talking): string {
  const who = mine ? "mine" : "theirs";
  if (content.answer !== "later") return t(`talk.answer.${who}.${content.answer}`, { name });
  if (content.at === null) return t(`talk.answer.${who}.later.open`, { name });
  return t(`talk.answer.${who}.later`, { name, when: sayClock(content.at, now) });
}

/** A few words of what this replies to, unless that stands right above. */
function Quoted({ to, line, talking }: { to: string; line: EntryLine; talking: Talking }) {
  const lines = talking.log.lines.value;
  const above = lines[lines.indexOf(line) - 1];
  const target = findEntry(lines, to);
  if (above && target && above.key === target.key) return null;
  if (target && talking.circle) return <p class="entry-quote">{sayAnswered(target, talking.nameOf(target.author))}</p>;
  const text = target && "text" in target.content ? target.content.text : "";
  if (target && text === "" && hasVoice(target.content)) return <p class="entry-quote">{t("voice.quote")}</p>;
  return <p class="entry-quote">{text ? <bdi>{t("talk.to.quote", { words: text })}</bdi> : t("talk.to.gone")}</p>;
}

/** In a circle the name says whom it answers; what is folded under a note stays so. */
function sayAnswered({ content }: EntryLine, name: string): string {
  const folded = content.kind === "share" && content.note !== null;
  const words = !folded && "text" in content ? content.text : "";
  return words ? t("circles.to.words", { name, words }) : t("circles.to.quote", { name });
}
