// SPDX-License-Identifier: AGPL-3.0-or-later
// A link into a circle, opened by someone who is signed in: who invites, what the circle is for, what is agreed there, and
// the name to be called. Saying yes knocks; the circle opens by itself soon after.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { CircleWords, ModelFailure, OpenedInvite } from "../../model/face";
import { ButtonLink, Field, Page } from "../../ui";
import { useHouse } from "../house-context";
import { pendingLink } from "../shell/pending-link";
import { useTask } from "../use-task";
import { AcceptAgreements } from "./AcceptAgreements";
import { JoinPanel } from "./JoinPanel";

export interface CircleDoorProps {
  invite: OpenedInvite;
  words: CircleWords;
  /** Shown in place of all this when the link can no longer be used. */
  cannot: (failure: ModelFailure, again: () => void) => preact.JSX.Element | null;
  onNotNow: () => void;
}

export function CircleDoor({ invite, words, cannot, onNotNow }: CircleDoorProps) {
  const { circles, me } = useHouse();
  const [, go] = useLocation();
  const [name, setName] = useState(me.name.peek());
  const [asked, setAsked] = useState(false);
  const knocking = useTask();
  const nameless = name.trim() === "";
  const knock = () => {
    if (nameless) return;
    void knocking.run(async () => {
      const room = await circles.knock(invite, name.trim());
      pendingLink.value = null;
      go(`/circles/${room}`, { replace: true });
    });
  };
  const final = knocking.failure && cannot(knocking.failure, knocking.forget);
  if (final) return final;
  return (
    <Page title={t("join.circle.title", { name: invite.from?.name ?? "" })} lead={t("join.circle.called", { circle: words.name })} back={{ href: "/", label: t("today.title") }}>
      <JoinPanel invite={invite} />
      <AcceptAgreements
        words={words}
        go={t("join.circle.in")}
        doing={knocking}
        onAccept={knock}
        onAsked={() => setAsked(true)}
        other={
          <ButtonLink look="plain" href="/" onClick={onNotNow}>
            {t("join.notnow")}
          </ButtonLink>
        }
      >
        <Field
          label={t("join.circle.name")}
          hint={t("join.circle.name.hint")}
          value={name}
          onInput={setName}
          maxLength={60}
          error={asked && nameless ? t("join.circle.name.missing") : null}
        />
      </AcceptAgreements>
    </Page>
  );
}
