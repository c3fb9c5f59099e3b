// SPDX-License-Identifier: AGPL-3.0-or-later
// A link opened by someone who is signed in: read it, see who it is from, say yes or not now. Looking uses nothing up.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { FailureCode, ModelFailure, OpenedInvite } from "../../model/face";
import { Button, ButtonLink, Field, Loading, Notice, Page, toast } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { pendingLink } from "../shell/pending-link";
import { useTask } from "../use-task";
import { CircleDoor } from "./CircleDoor";
import { JoinPanel } from "./JoinPanel";
import { useOpenedInvite } from "./use-opened-invite";

const HOME = { href: "/", label: t("today.title") };

export function Join({ link }: { link: string | null }) {
  const state = useOpenedInvite(link);
  if (link === null) return <Paste />;
  if (state.is === "opening") {
    return (
      <Page title={t("join.title")} back={HOME}>
        <Loading>{t("join.loading")}</Loading>
      </Page>
    );
  }
  if (state.is === "failed") return <CannotJoin failure={state.failure} onRetry={state.retry} />;
  return <Accept invite={state.invite} />;
}

function Accept({ invite }: { invite: OpenedInvite }) {
  const { invites } = useHouse();
  const [, go] = useLocation();
  const accepting = useTask();
  const { from } = invite;
  if (!from) {
    return (
      <Page title={t(invite.kind === "steward" ? "join.steward.title" : "join.house.title")} lead={t("join.house.have")} back={HOME}>
        <ButtonLink href="/">{t("join.back")}</ButtonLink>
      </Page>
    );
  }
  const accept = () =>
    accepting.run(async () => {
      const room = await invites.accept(invite);
      pendingLink.value = null;
      toast(t("join.accepted", { name: from.name }));
      go(`/people/${room}`, { replace: true });
    });
  const leave = () => {
    pendingLink.value = null;
    toast(t("join.notnow.say"));
  };
  if (invite.circle) {
    const cannot = (failure: ModelFailure, again: () => void) => (isFinal(failure.code) ? <CannotJoin failure={failure} onRetry={again} /> : null);
    return <CircleDoor invite={invite} words={invite.circle} cannot={cannot} onNotNow={leave} />;
  }
  if (accepting.failure && isFinal(accepting.failure.code)) return <CannotJoin failure={accepting.failure} onRetry={accepting.forget} />;
  return (
    <Page title={t("join.from.title", { name: from.name })} back={HOME}>
      <JoinPanel invite={invite} />
      {accepting.wrong && <Notice tone="wrong">{accepting.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={accepting.busy} onClick={() => void accept()}>
          {accepting.busy ? t("join.accepting") : t("join.accept", { name: from.name })}
        </Button>
        <ButtonLink look="plain" href="/" onClick={leave}>
          {t("join.notnow")}
        </ButtonLink>
      </div>
    </Page>
  );
}

const SAID = {
  "invite-gone": "gone",
  "bad-link": "bad",
  "own-invite": "own",
  "already-bonded": "bonded",
  "already-member": "member",
  "circle-full": "full",
  untrusted: "untrusted",
  offline: "offline",
} as const;

const isSaid = (code: FailureCode): code is keyof typeof SAID => code in SAID;
const isFinal = (code: FailureCode): boolean => isSaid(code) && code !== "offline";

/** Why this link cannot be used, each with its own next step. */
function CannotJoin({ failure, onRetry }: { failure: ModelFailure; onRetry: () => void }) {
  const { code } = failure;
  if (code === "bad-link") return <Paste />;
  const retry = code === "offline" || !isSaid(code);
  const why = isSaid(code) ? SAID[code] : null;
  return (
    <Page title={why ? t(`join.${why}.title`) : t("join.title")} back={HOME}>
      <p>{why ? t(`join.${why}.say`) : sayFailure(failure)}</p>
      {code === "invite-gone" && <p>{t("join.gone.next")}</p>}
      <div class="row">
        {retry && (
          <Button look="main" onClick={onRetry}>
            {t("join.again")}
          </Button>
        )}
        {(code === "own-invite" || code === "already-bonded") && <ButtonLink href="/people">{t("join.bonded.open")}</ButtonLink>}
        {code === "already-member" && <ButtonLink href="/circles">{t("people.circles.title")}</ButtonLink>}
        <ButtonLink look="plain" href="/">
          {t("join.back")}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** No link, or half of one: it can be put in by hand. */
function Paste() {
  const [text, setText] = useState("");
  const open = (event: Event) => {
    event.preventDefault();
    if (text.trim()) pendingLink.value = text.trim();
  };
  return (
    <Page title={t("join.bad.title")} lead={t("join.bad.say")} back={HOME}>
      <form class="stack" onSubmit={open}>
        <Field label={t("join.bad.paste")} value={text} onInput={setText} type="url" autocomplete="off" />
        <div class="row">
          <Button look="main" type="submit">
            {t("join.bad.open")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
