// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening a page to someone, little by little: who (nobody is chosen beforehand), how much of it, with which wish. It shows
// exactly what they will get, and says what taking back can and cannot do before anything goes.
import { useMemo, useState } from "preact/hooks";
import { Redirect, useLocation } from "wouter-preact";
import { formatList, t } from "../../i18n";
import type { PageWords, Whole, Wish } from "../../model/face";
import { Button, ButtonLink, Card, Check, Choices, Empty, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { WishChoice } from "../talk/WishChoice";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";
import { sayLength } from "../voice/length";
import { HowMuch, type Amount } from "./HowMuch";
import { chosenText, piecesOf } from "./lines";
import { useOpenRooms } from "./use-names";
import { NotHere, usePage } from "./use-page";

export function SharePage({ page: id }: { page: string }) {
  const page = usePage(id);
  if (page.is === "other" && page.kept.kind === "checkin") return <Redirect to={`/check-in/${id}/share`} replace />;
  if (page.is !== "here") return <NotHere page={page} title={t("journal.share.title")} />;
  const words = page.whole.newest.at(-1)?.words;
  return words === undefined ? null : <ShareForm whole={page.whole} words={words} />;
}

function ShareForm({ whole, words }: { whole: Whole<PageWords>; words: PageWords }) {
  const { journal } = useHouse();
  const [, go] = useLocation();
  const here = `/journal/${whole.id}`;
  const [picked, setPicked] = useState<string[]>([]);
  const [amount, setAmount] = useState<Amount>({ whole: true, chosen: new Set() });
  const [voiced, setVoiced] = useState(words.text === "");
  const [wish, setWish] = useState<Wish>("listen");
  const [asked, setAsked] = useState(false);
  const sharing = useTask();

  const pieces = useMemo(() => piecesOf(words.text), [words.text]);
  const text = amount.whole ? words.text : chosenText(pieces, amount.chosen);
  const voice = voiced && words.voice !== null;

  const bonds = useOpenRooms();
  const has = new Set(whole.shared.map(({ room }) => room));
  const open = bonds.filter(({ room }) => !has.has(room));
  const rooms = picked.filter((room) => open.some((bond) => bond.room === room));
  const names = formatList(open.filter(({ room }) => rooms.includes(room)).map(({ name }) => name));
  const missing = rooms.length === 0 ? "pick" : text === "" && !voice ? "line.empty" : null;

  const share = async () => {
    setAsked(true);
    if (missing !== null) return;
    if (!(await sharing.run(() => journal.share(whole.id, rooms, { text, wish, voice })))) return;
    toast(t("journal.share.done", { names }));
    go(here, { replace: true });
  };

  return (
    <Page title={t("journal.share.title")} lead={t("journal.share.lead")} back={{ href: here }}>
      {bonds.length === 0 ? (
        <Empty title={t("journal.share.nobody")} action={<ButtonLink href="/invite/new">{t("journal.share.invite")}</ButtonLink>} />
      ) : (
        <div class="stack stack-l">
          <div class="stack">
            {open.length > 0 && (
              <Choices
                label={t("journal.share.who")}
                hint={t("journal.share.pick.hint")}
                look="rows"
                options={open.map(({ room, name }) => ({ value: room, label: name }))}
                value={rooms}
                onChange={setPicked}
              />
            )}
            {bonds.filter(({ room }) => has.has(room)).map(({ room, name }) => (
              <p key={room} class="soft small">
                {t("journal.share.already", { name })}
              </p>
            ))}
          </div>
          {words.text !== "" && <HowMuch pieces={pieces} amount={amount} onChange={setAmount} />}
          {words.voice !== null && (
            <Check checked={voiced} onChange={setVoiced} detail={t("journal.share.voice.say")}>
              {t("journal.share.voice")}
            </Check>
          )}
          <Card title={t("journal.share.preview")} look="sunken">
            <div class="share-preview" aria-live="polite">
              {text !== "" && <Words>{text}</Words>}
              {voice && words.voice && <p>{t("journal.share.preview.voice", { length: sayLength(words.voice.ms) })}</p>}
              {text === "" && !voice && <p class="soft">{t("journal.share.preview.nothing")}</p>}
            </div>
            <p class="soft small">{t("journal.share.not")}</p>
          </Card>
          <WishChoice value={wish} onChange={setWish} />
          <div class="stack stack-s">
            <p>{t("journal.share.stays")}</p>
            <p class="soft">{t("journal.share.cannot")}</p>
            {asked && missing && <Notice tone="wrong">{t(`journal.share.${missing}`)}</Notice>}
            {sharing.wrong && <Notice tone="wrong">{sharing.wrong}</Notice>}
            <div class="row">
              <Button look="main" busy={sharing.busy} onClick={() => void share()}>
                {names ? t("journal.share.send", { names }) : t("journal.share.send.none")}
              </Button>
              <ButtonLink look="plain" href={here}>
                {t("journal.share.keep")}
              </ButtonLink>
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
