// SPDX-License-Identifier: AGPL-3.0-or-later
// The box at the end of a talk. The wish stands over it, and everything in it bends to the wish: what it invites one to
// write, what the button says, whether a single touch comes first. Enter makes a new line; Ctrl or Cmd with Enter sends.
import { useState } from "preact/hooks";
import { Mic } from "lucide-preact";
import { t } from "../../i18n";
import type { ResponseWord, Wish } from "../../model/face";
import { Button, Icon, Notice, TextArea } from "../../ui";
import { Recorder } from "../voice/Recorder";
import { draftKey, findEntry, hasVoice, replyTarget, shareOver, type EntryLine } from "./compose";
import { IdeaSheet } from "./IdeaSheet";
import { NoteField } from "./NoteField";
import { Responses } from "./Responses";
import { inLineOf, type Talking } from "./talking";
import { WishChoice } from "./WishChoice";
import { WISH_DRAWING } from "./wishes";

export function ReplyBox({ talking: whole }: { talking: Talking }) {
  const { log, composer } = whole;
  const { aim, text } = composer;
  const [unfolded, setUnfolded] = useState(false);
  const wish = aim.is === "reply" ? aim.wish : null;
  const folded = wish === "none" && !unfolded && text === "" && !composer.aloud;
  const lines = log.lines.value;
  const to = aim.is === "reply" ? findEntry(lines, aim.to) : null;
  const talking = to ? inLineOf(whole, to.author) : whole;
  const share = to && shareOver(lines, to.id);
  // The wish is that of the share, which somebody else may have answered in between.
  const wisher = share ? whole.nameOf(share.author) : talking.name;
  return (
    <section class="reply-box" aria-label={sayBox(talking)}>
      {wish && <WishOver wish={wish} name={wisher} />}
      <div class="reply-box-inside">
        {to && <InReplyTo entry={to} talking={talking} />}
        {folded ? (
          <Button look="plain" onClick={() => setUnfolded(true)}>
            {t("talk.mode.write")}
          </Button>
        ) : (
          <Writing talking={talking} wisher={wisher} />
        )}
        {composer.sending.wrong && <Notice tone="wrong">{composer.sending.wrong}</Notice>}
      </div>
      {composer.held && <IdeaSheet wish={composer.held} name={wisher} composer={composer} />}
    </section>
  );
}

function sayBox({ composer: { aim }, circle, name }: Talking): string {
  if (circle) return aim.is === "new" ? t("circles.box.share") : t("circles.box.reply", { name });
  return t(aim.is === "reply" ? "talk.box.reply" : "talk.box.share", { name });
}

export function WishOver({ wish, name }: { wish: Wish; name: string }) {
  return (
    <div class="reply-box-wish">
      <Icon of={WISH_DRAWING[wish]} />
      <p>
        <strong>{t(`talk.over.${wish}`, { name })}</strong> <span>{t(`talk.over.${wish}.hint`)}</span>
      </p>
    </div>
  );
}

/** The words given to what is replied to, in one touch; a quote if it does not stand right above. */
function InReplyTo({ entry, talking }: { entry: EntryLine; talking: Talking }) {
  const { log, name, circle } = talking;
  if (entry.mine) return null;
  const given = entry.responses.filter(({ mine }) => mine).map(({ word }) => word);
  const newest = log.lines.value.at(-1);
  return (
    <>
      {newest?.key !== entry.key && <QuoteOf entry={entry} name={name} />}
      <Responses given={given} onGive={(word: ResponseWord) => log.respond(entry.id, word)} />
      {circle && <p class="soft small">{t("circles.box.reply.seen", { name })}</p>}
    </>
  );
}

/** What is folded under a note stays folded here. */
function QuoteOf({ entry, name }: { entry: EntryLine; name: string }) {
  const { content } = entry;
  if (content.kind === "share" && content.note)
    return (
      <p class="reply-box-quote">
        {t("talk.to.them", { name })}: <bdi>{t("circles.note.about", { note: content.note })}</bdi>
      </p>
    );
  if ("text" in content && content.text !== "")
    return (
      <p class="reply-box-quote">
        {t("talk.to.them", { name })}: <bdi>{content.text}</bdi>
      </p>
    );
  return hasVoice(content) ? <p class="reply-box-quote">{t("voice.quote.theirs", { name })}</p> : null;
}

function Writing({ talking, wisher }: { talking: Talking; wisher: string }) {
  const { log, name, composer, circle } = talking;
  const { aim, text } = composer;
  const bend = aim.is === "new" ? null : (aim.wish ?? "plain");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void composer.send();
  };
  const sayShare = circle ? t("circles.send.share") : t("talk.send.share", { name });
  const writing = { value: text, onInput: composer.write, onKeyDown, areaRef: composer.box };
  return (
    <>
      {composer.aloud ? (
        <>
          <Recorder draftKey={draftKey(log.room)} onWrite={() => composer.setAloud(false)} />
          <TextArea label={t("voice.summary")} hint={t("voice.summary.hint")} rows={2} {...writing} />
        </>
      ) : (
        <TextArea label={sayBox(talking)} hideLabel placeholder={bend ? t(`talk.box.${bend}`) : t("talk.box.new")} rows={3} {...writing} />
      )}
      {!composer.aloud && (
        <Button look="plain" icon={Mic} onClick={() => composer.setAloud(true)}>
          {t("voice.instead")}
        </Button>
      )}
      {aim.is === "new" && <WishChoice value={aim.wish} onChange={composer.setWish} />}
      {aim.is === "new" && circle && <NoteField composer={composer} />}
      <div class="spread">
        <Button look="main" busy={composer.sending.busy} onClick={() => void composer.send()}>
          {bend === null ? sayShare : bend === "stay" ? t("talk.send.stay", { name: wisher }) : t(`talk.send.${bend}`)}
        </Button>
        <OtherMode talking={talking} />
      </div>
      <p class="reply-box-keys soft small">{t("talk.box.newline")}</p>
    </>
  );
}

function OtherMode({ talking: { log, name, composer, circle } }: { talking: Talking }) {
  if (composer.aim.is === "reply")
    return (
      <Button look="plain" onClick={composer.startNew}>
        {t(circle ? "circles.mode.new" : "talk.mode.new")}
      </Button>
    );
  if (!replyTarget(log)) return null;
  return (
    <Button look="plain" onClick={() => composer.replyTo(null)}>
      {t("talk.mode.reply", { name })}
    </Button>
  );
}
