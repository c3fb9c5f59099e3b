// SPDX-License-Identifier: AGPL-3.0-or-later
// The first thing someone sees who opened a link: who invites them, in that person's own words. Reading the link needs no
// account, and nobody is told that it was read.
import { t } from "../../i18n";
import type { ModelFailure, OpenedInvite } from "../../model/face";
import { Button, ButtonLink, Loading, Mark, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { AcceptAgreements } from "../join/AcceptAgreements";
import { JoinPanel } from "../join/JoinPanel";
import { useOpenedInvite } from "../join/use-opened-invite";
import { pendingLink } from "../shell/pending-link";

export function Greeting({ onGo }: { onGo: (invite: OpenedInvite) => void }) {
  const link = pendingLink.value;
  const state = useOpenedInvite(link);
  if (link === null) return <NoLink />;
  if (state.is === "opening") {
    return (
      <Page title={t("arrive.openingTitle")}>
        <Loading>{t("arrive.opening")}</Loading>
      </Page>
    );
  }
  if (state.is === "failed") return <Failed failure={state.failure} onRetry={state.retry} />;
  return <Invited invite={state.invite} onGo={() => onGo(state.invite)} />;
}

function Invited({ invite, onGo }: { invite: OpenedInvite; onGo: () => void }) {
  const houseName = useHouse().about.facts.value?.name;
  const { from, circle } = invite;
  const lead = circle ? t("join.circle.called", { circle: circle.name }) : from && t("arrive.invitedByLead", { name: from.name });
  return (
    <Page
      title={from ? t(circle ? "join.circle.title" : "arrive.invitedBy", { name: from.name }) : t("arrive.invited")}
      lead={lead ?? (houseName && t("arrive.invitedLead", { house: houseName }))}
    >
      <JoinPanel invite={invite} />
      {circle ? (
        <AcceptAgreements words={circle} go={t("arrive.start")} onAccept={onGo} other={<HaveAccount />} />
      ) : (
        <div class="stack">
          <Button look="main" wide onClick={onGo}>
            {t("arrive.start")}
          </Button>
          <HaveAccount />
        </div>
      )}
    </Page>
  );
}

function HaveAccount() {
  return (
    <ButtonLink href="/sign-in" wide>
      {t("arrive.haveAccount")}
    </ButtonLink>
  );
}

function NoLink() {
  return (
    <Page title={t("arrive.noLinkTitle")} lead={t("arrive.noLink")}>
      <Mark size="l" />
      <ButtonLink href="/">{t("shell.toStart")}</ButtonLink>
    </Page>
  );
}

function Failed({ failure, onRetry }: { failure: ModelFailure; onRetry: () => void }) {
  const gone = failure.code === "invite-gone" || failure.code === "bad-link" || failure.code === "untrusted";
  return (
    <Page title={gone ? t("arrive.goneTitle") : t("arrive.notOpenedTitle")}>
      <Notice tone={gone ? "info" : "wrong"}>{sayFailure(failure)}</Notice>
      {gone && <p>{t("arrive.goneNext")}</p>}
      <div class="row">
        {!gone && (
          <Button look="main" onClick={onRetry}>
            {t("ui.tryAgain")}
          </Button>
        )}
        <ButtonLink href="/sign-in">{t("arrive.haveAccount")}</ButtonLink>
      </div>
    </Page>
  );
}
