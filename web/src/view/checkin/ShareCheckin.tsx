// SPDX-License-Identifier: AGPL-3.0-or-later
// The separate step: showing one check-in to people picked by name. It shows what they will read, and says their names
// again on the button. Until then nobody but me can read it.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { formatList, t } from "../../i18n";
import type { Checkin, Wish } from "../../model/face";
import { Button, ButtonLink, Card, Choices, Empty, Loading, Notice, Page, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";
import { useDraftText } from "../talk/use-draft-text";
import { WishChoice } from "../talk/WishChoice";
import { useTask } from "../use-task";
import { CheckinCard } from "./CheckinCard";

const BACK = { href: "/" };

export function ShareCheckin({ checkin: id }: { checkin: string }) {
  const { checkins, people } = useHouse();
  const checkin = checkins.list.value.find((checkin) => checkin.id === id) ?? checkins.checkin(id).value;
  if (checkin) return <ShareForm checkin={checkin} />;
  return (
    <Page title={t("checkin.share.title")} back={BACK}>
      {people.state.value.is === "ready" ? <Empty title={t("checkin.share.gone")} /> : <Loading />}
    </Page>
  );
}

function ShareForm({ checkin }: { checkin: Checkin }) {
  const house = useHouse();
  const [, go] = useLocation();
  const words = useDraftText(`share:${checkin.id}`);
  const [picked, setPicked] = useState<string[]>([]);
  const [wish, setWish] = useState<Wish>("none");
  const [asked, setAsked] = useState(false);
  const sharing = useTask();

  const bonds = livingBonds(house.people.bonds.value);
  const open = bonds.filter(({ room }) => !checkin.sharedWith.includes(room));
  const already = bonds.filter(({ room }) => checkin.sharedWith.includes(room));
  const rooms = picked.filter((room) => open.some((bond) => bond.room === room));
  const names = formatList(open.filter(({ room }) => rooms.includes(room)).map(({ name }) => name));

  const share = async () => {
    setAsked(true);
    if (rooms.length === 0) return;
    if (!(await sharing.run(() => house.checkins.shareWith(checkin.id, rooms, { wish, text: words.text.trim() })))) return;
    words.clear();
    toast(t("checkin.share.done", { names }));
    go("/");
  };

  return (
    <Page title={t("checkin.share.title")} lead={t("checkin.share.lead")} back={BACK}>
      {bonds.length === 0 ? (
        <Empty title={t("checkin.share.nobody")} action={<ButtonLink href="/invite/new">{t("checkin.share.invite")}</ButtonLink>} />
      ) : (
        <div class="stack stack-l">
          <div class="stack">
            <Choices
              label={t("checkin.share.who")}
              look="rows"
              options={open.map(({ room, name }) => ({ value: room, label: name }))}
              value={rooms}
              onChange={setPicked}
            />
            {already.map(({ room, name }) => (
              <p key={room} class="soft small">
                {t("checkin.share.already", { name })}
              </p>
            ))}
          </div>
          <Card title={t("checkin.share.preview")} look="sunken">
            <CheckinCard words={checkin} />
          </Card>
          <WishChoice value={wish} onChange={setWish} />
          <TextArea label={t("checkin.share.text")} hint={t("checkin.share.text.hint")} value={words.text} onInput={words.write} rows={2} />
          <div class="stack stack-s">
            {asked && rooms.length === 0 && <Notice tone="wrong">{t("checkin.share.pick")}</Notice>}
            {sharing.wrong && <Notice tone="wrong">{sharing.wrong}</Notice>}
            <div class="row">
              <Button look="main" busy={sharing.busy} onClick={() => void share()}>
                {names ? t("checkin.share.send", { names }) : t("checkin.share.send.none")}
              </Button>
              <ButtonLink look="plain" href="/">
                {t("checkin.share.keep")}
              </ButtonLink>
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
