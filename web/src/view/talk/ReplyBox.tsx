// SPDX-License-Identifier: AGPL-3.0-or-later
// The box at the end of a talk. The wish stands over it, and everything in it bends to the wish: what it invites one to
// write, what the button says, whether a single touch comes first. Enter makes a new line; Ctrl or Cmd with Enter sends.
import { useState } from "preact/hooks";
import { Mic } from "lucide-preact";
import { t } from "../../i18n";
import type { Log, ResponseWord, Wish } from "../../model/face";
import { Button, Icon, Notice, TextArea } from "../../ui";
import { Recorder } from "../voice/Recorder";
import { draftKey, findEntry, hasVoice, replyTarget, type EntryLine } from "./compose";
import { IdeaSheet } from "./IdeaSheet";
import { Responses } from "./Responses";
import type { Composer } from "./use-composer";
import { WishChoice } from "./WishChoice";
import { WISH_DRAWING } from "./wishes";

export function ReplyBox({ log, name, composer }: { log: Log; name: string; composer: Composer }) {
  const { aim, text } = composer;
  const [unfolded, setUnfolded] = useState(false);
  const wish = aim.is === "reply" ? aim.wish : null;
  const folded = wish === "none" && !unfolded && text === "" && !composer.aloud;
  return (
    <section class="reply-box" aria-label={t(aim.is === "reply" ? "talk.box.reply" : "talk.box.share", { name })}>
      {wish && <WishOver wish={wish} name={name} />}
      <div class="reply-box-inside">
        {aim.is === "reply" && <InReplyTo log={log} to={aim.to} name={name} />}
        {folded ? (
          <Button look="plain" onClick={() => setUnfolded(true)}>
            {t("talk.mode.write")}
          </Button>
        ) : (
          <Writing log={log} name={name} composer={composer} />
        )}
        {composer.sending.wrong && <Notice tone="wrong">{composer.sending.wrong}</Notice>}
      </div>
      {composer.held && <IdeaSheet wish={composer.held} name={name} composer={composer} />}
    </section>
  );
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
function InReplyTo({ log, to, name }: { log: Log; to: string; name: string }) {
  const entry = findEntry(log.lines.value, to);
  if (!entry || entry.mine) return null;
  const given = entry.responses.filter(({ mine }) => mine).map(({ word }) => word);
  const newest = log.lines.value.at(-1);
  return (
    <>
      {newest?.key !== entry.key && <QuoteOf entry={entry} name={name} />}
      <Responses given={given} onGive={(word: ResponseWord) => log.respond(to, word)} />
    </>
  );
}

function QuoteOf({ entry, name }: { entry: EntryLine; name: string }) {
  const { content } = entry;
  if ("text" in content && content.text !== "")
    return (
      <p class="reply-box-quote">
        {t("talk.to.them", { name })}: <bdi>{content.text}</bdi>
      </p>
    );
  return hasVoice(content) ? <p class="reply-box-quote">{t("voice.quote.theirs", { name })}</p> : null;
}

function Writing({ log, name, composer }: { log: Log; name: string; composer: Composer }) {
  const { aim, text } = composer;
  const bend = aim.is === "new" ? null : (aim.wish ?? "plain");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void composer.send();
  };
  const label = t(aim.is === "new" ? "talk.box.share" : "talk.box.reply", { name });
  const writing = { value: text, onInput: composer.write, onKeyDown, areaRef: composer.box };
  return (
    <>
      {composer.aloud ? (
        <>
          <Recorder draftKey={draftKey(log.room)} onWrite={() => composer.setAloud(false)} />
          <TextArea label={t("voice.summary")} hint={t("voice.summary.hint")} rows={2} {...writing} />
        </>
      ) : (
        <TextArea label={label} hideLabel placeholder={bend ? t(`talk.box.${bend}`) : t("talk.box.new")} rows={3} {...writing} />
      )}
      {!composer.aloud && (
        <Button look="plain" icon={Mic} onClick={() => composer.setAloud(true)}>
          {t("voice.instead")}
        </Button>
      )}
      {aim.is === "new" && <WishChoice value={aim.wish} onChange={composer.setWish} />}
      <div class="spread">
        <Button look="main" busy={composer.sending.busy} onClick={() => void composer.send()}>
          {bend === null ? t("talk.send.share", { name }) : bend === "stay" ? t("talk.send.stay", { name }) : t(`talk.send.${bend}`)}
        </Button>
        <OtherMode log={log} name={name} composer={composer} />
      </div>
      <p class="reply-box-keys soft small">{t("talk.box.newline")}</p>
    </>
  );
}

function OtherMode({ log, name, composer }: { log: Log; name: string; composer: Composer }) {
  if (composer.aim.is === "reply")
    return (
      <Button look="plain" onClick={composer.startNew}>
        {t("talk.mode.new")}
      </Button>
    );
  if (!replyTarget(log)) return null;
  return (
    <Button look="plain" onClick={() => composer.replyTo(null)}>
      {t("talk.mode.reply", { name })}
    </Button>
  );
}
