// SPDX-License-Identifier: AGPL-3.0-or-later
// One kind thing I could do, if I want: at most one is offered, and "not now" is always there. Under it the two small
// gestures that need no reason.
import { Handshake, Sparkle } from "lucide-preact";
import { t } from "../../i18n";
import type { KindThing } from "../../model/face";
import { Button, ButtonLink, Card } from "../../ui";
import { useHouse } from "../house-context";

export function OneKindThing() {
  const { today, people } = useHouse();
  const thing = today.kindThing.value;
  const anyone = people.bonds.value.length > 0 || people.outside.value.length > 0;
  return (
    <section class="stack" aria-labelledby="kind">
      <h2 id="kind">{t("today.kind.title")}</h2>
      {thing ? <Offer thing={thing} /> : <p class="soft">{t("today.kind.empty")}</p>}
      {anyone && (
        <div class="kind-ways">
          <ButtonLink icon={Sparkle} href="/thought">
            {t("today.do.thought")}
          </ButtonLink>
          <ButtonLink icon={Handshake} href="/ask">
            {t("today.do.ask")}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}

function Offer({ thing }: { thing: KindThing }) {
  const { today, people } = useHouse();
  const name = thing.kind === "invite-someone" ? "" : people.bond(thing.room).value?.name || t("talk.someone");
  const { words, more, does, href } = offerOf(thing, name);
  return (
    <Card look="sunken">
      <div class="stack stack-s">
        <p class="kind-words">{words}</p>
        <p class="soft">{more}</p>
      </div>
      <div class="row">
        <ButtonLink href={href}>
          {does}
        </ButtonLink>
        <Button look="plain" onClick={() => today.notNow()}>
          {t("today.kind.notnow")}
        </Button>
      </div>
    </Card>
  );
}

interface Offered {
  readonly words: string;
  readonly more: string;
  readonly does: string;
  readonly href: string;
}

function offerOf(thing: KindThing, name: string): Offered {
  switch (thing.kind) {
    case "answer-ask":
      return {
        words: t("today.kind.answer-ask", { name }),
        more: t("today.kind.answer-ask.more"),
        does: t("today.kind.answer-ask.do", { name }),
        href: `/people/${thing.room}`,
      };
    case "reply-to-share":
      return { words: t("today.kind.reply", { name }), more: t("today.kind.reply.more"), does: t("today.kind.reply.do"), href: `/people/${thing.room}` };
    case "think-of":
      return {
        words: t("today.kind.think", { name }),
        more: t("today.kind.think.more"),
        does: t("today.kind.think.do", { name }),
        href: `/thought/${thing.room}`,
      };
    case "invite-someone":
      return { words: t("today.kind.invite"), more: t("today.kind.invite.more"), does: t("today.kind.invite.do"), href: "/invite/new" };
  }
}
