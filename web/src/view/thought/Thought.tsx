// SPDX-License-Identifier: AGPL-3.0-or-later
// "I thought of you": a name, one touch, no words needed, nothing owed. From Today it is three presses at most: here, a
// name, send. Someone outside the house is thought of in the phone's own way; the house has no part in that.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { ButtonLink, Choice, Empty, Loading, Page } from "../../ui";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";
import { SentThought } from "./SentThought";
import { ThoughtOutside } from "./ThoughtOutside";
import { ThoughtTo } from "./ThoughtTo";

export function Thought({ room }: { room?: string }) {
  const { people } = useHouse();
  const bonds = livingBonds(people.bonds.value);
  const outside = people.outside.value;
  const everyone = [...bonds.map(({ room, name }) => ({ value: room, label: name })), ...outside.map(({ id, name }) => ({ value: id, label: name, detail: t("thought.who.outside") }))];
  const only = everyone.length === 1 ? everyone[0]?.value : undefined;
  const [picked, setPicked] = useState<string | null>(room ?? null);
  const [sent, setSent] = useState<{ room: string; thought: string } | null>(null);

  const to = picked ?? only ?? null;
  const bond = bonds.find(({ room }) => room === to);
  const person = outside.find(({ id }) => id === to);
  const back = room ? { href: `/people/${room}` } : { href: "/", label: t("today.title") };
  const again = () => {
    setSent(null);
    setPicked(null);
  };

  if (sent) return <SentThought {...sent} onMore={everyone.length > 1 ? again : null} />;
  return (
    <Page title={t("thought.title")} lead={t("thought.lead")} back={back}>
      {everyone.length === 0 && <Nobody waiting={people.state.value.is === "loading"} />}
      {everyone.length > 0 && (!room || !bond) && (
        <Choice label={t("thought.who")} look="rows" options={everyone} value={to} onChange={setPicked} />
      )}
      {bond && <ThoughtTo key={bond.room} bond={bond} onSent={(thought) => setSent({ room: bond.room, thought })} />}
      {person && <ThoughtOutside key={person.id} person={person} />}
    </Page>
  );
}

function Nobody({ waiting }: { waiting: boolean }) {
  if (waiting) return <Loading>{t("people.loading")}</Loading>;
  return (
    <Empty
      title={t("thought.nobody")}
      action={
        <div class="row">
          <ButtonLink href="/invite/new">{t("thought.nobody.invite")}</ButtonLink>
          <ButtonLink href="/outside/new">{t("thought.nobody.outside")}</ButtonLink>
        </div>
      }
    />
  );
}
