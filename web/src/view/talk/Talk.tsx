// SPDX-License-Identifier: AGPL-3.0-or-later
// The room of a bond. Read like a pile of letters, oldest first; the box to answer lies at its end.
import { Armchair, HandHelping, Handshake, Info, Sparkle } from "lucide-preact";
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { CarryLine } from "../carry/CarryLine";
import { useHouse } from "../house-context";
import { SeatsHere } from "../sit/SeatsHere";
import { LogView } from "./LogView";
import { ReplyBox } from "./ReplyBox";
import type { Talking } from "./talking";
import { TalkEnd } from "./TalkEnd";
import { useComposer } from "./use-composer";
import { sayWhen, useNow } from "./when";

const BACK = { href: "/people" };

export function Talk({ room }: { room: string }) {
  const { people } = useHouse();
  const bond = people.bond(room).value;
  if (!bond) return <NoTalk />;
  if (bond.state === "untrusted") return <Untrusted bond={bond} />;
  return <TalkWith bond={bond} />;
}

function TalkWith({ bond }: { bond: Bond }) {
  const house = useHouse();
  const log = house.rooms.log(bond.room);
  const composer = useComposer(log);
  const now = useNow();
  const name = bond.name || t("talk.someone");
  const talking: Talking = { log, room: bond.room, name, nameOf: () => name, circle: null, now, composer };
  const open = bond.state === "alive" && !bond.blocked && log.writable.value;
  return (
    <Page title={t("talk.title", { name })} lead={t("talk.readers", { name })} back={{ ...BACK, label: t("people.title") }}>
      <div class="talk-ways">
        {open && (
          <>
            <ButtonLink look="plain" icon={Sparkle} href={`/thought/${bond.room}`}>
              {t("today.do.thought")}
            </ButtonLink>
            <ButtonLink look="plain" icon={Handshake} href={`/ask/${bond.room}`}>
              {t("today.do.ask")}
            </ButtonLink>
            <ButtonLink look="plain" icon={Armchair} href={`/sit/${bond.room}`}>
              {t("sit.title")}
            </ButtonLink>
            <ButtonLink look="plain" icon={HandHelping} href={`/people/${bond.room}/carry`}>
              {t("carry.title")}
            </ButtonLink>
          </>
        )}
        <ButtonLink look="plain" icon={Info} href={`/people/${bond.room}/about`}>
          {t("talk.about")}
        </ButtonLink>
      </div>
      {open && <SeatsHere room={bond.room} />}
      {open && <CarryLine room={bond.room} href={`/people/${bond.room}/carry`} nameOf={() => name} />}
      <LogView
        talking={talking}
        label={t("talk.log", { name })}
        beginning={t("talk.older.start", { when: sayWhen(bond.started, now) })}
        empty={{ title: t("talk.empty.title"), say: t("talk.empty.say") }}
      />
      {open ? <ReplyBox talking={talking} /> : <TalkEnd bond={bond} now={now} />}
    </Page>
  );
}

/** The list of people may still be on its way: say so before saying that there is no such talk. */
function NoTalk() {
  const { people } = useHouse();
  const state = people.state.value.is;
  const waiting = state === "idle" || state === "loading";
  return (
    <Page title={t("people.title")} back={BACK}>
      {waiting ? <Loading>{t("talk.loading")}</Loading> : <Empty title={t("talk.gone")} />}
    </Page>
  );
}

function Untrusted({ bond }: { bond: Bond }) {
  const name = bond.name || t("talk.someone");
  return (
    <Page title={t("talk.title", { name })} back={BACK}>
      <Notice tone="wrong" title={t("talk.untrusted.all")}>
        {t("talk.untrusted.all.say", { name })}
      </Notice>
      <div class="row">
        <ButtonLink icon={Info} href={`/people/${bond.room}/about`}>
          {t("talk.about")}
        </ButtonLink>
      </div>
    </Page>
  );
}
