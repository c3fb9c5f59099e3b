// SPDX-License-Identifier: AGPL-3.0-or-later
// No answer came in time. Only the asker sees this: silence is not a no, and there is always something else one can do.
import { useLocation } from "wouter-preact";
import { BookOpen, LifeBuoy, MessageCircle, RotateCcw, UserRound } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Icon, Page, Row, Rows } from "../../ui";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";

export function AskNext({ room }: { room: string }) {
  const house = useHouse();
  const [, go] = useLocation();
  const bonds = livingBonds(house.people.bonds.value);
  const name = house.people.bond(room).value?.name || t("talk.someone");
  const unanswered = house.asks.mine.value.filter((ask) => ask.room === room && ask.state.is === "unanswered");
  const putAway = () => {
    for (const { id } of unanswered) house.asks.putAway(id);
    go("/");
  };
  return (
    <Page title={t("ask.next.title")} lead={t("ask.next.say", { name })} back={{ href: "/", label: t("today.title") }}>
      <section class="stack" aria-labelledby="ask-next">
        <h2 id="ask-next">{t("ask.next.what")}</h2>
        <Rows>
          <Row href={`/ask/${room}`} start={<Icon of={RotateCcw} />} title={t("ask.next.again", { name })} />
          {bonds.some((bond) => bond.room !== room) && <Row href="/ask" start={<Icon of={UserRound} />} title={t("ask.next.other")} />}
          {house.people.outside.value.length > 0 && (
            <Row href="/thought" start={<Icon of={MessageCircle} />} title={t("ask.next.outside")} />
          )}
          <Row href="/check-in" start={<Icon of={BookOpen} />} title={t("ask.next.write")} />
          <Row href="/help" start={<Icon of={LifeBuoy} />} title={t("ask.next.help")} />
        </Rows>
      </section>
      <p class="soft">{t("ask.next.only", { name })}</p>
      {unanswered.length > 0 && (
        <div class="row">
          <Button onClick={putAway}>{t("ask.putaway")}</Button>
        </div>
      )}
    </Page>
  );
}
