// SPDX-License-Identifier: AGPL-3.0-or-later
// The first thing someone sees who opened a link: who invites them, in that person's own words. Reading the link needs no
// account, and nobody is told that it was read.
import { useEffect, useState } from "preact/hooks";
import { formatDate, t } from "../../i18n";
import type { ModelFailure, OpenedInvite } from "../../model/face";
import { Button, ButtonLink, Card, Disc, Loading, Mark, Notice, Page } from "../../ui";
import { failureOf, sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { pendingLink } from "../shell/pending-link";

type Opening = { is: "opening" } | { is: "open"; invite: OpenedInvite } | { is: "failed"; failure: ModelFailure };

export function Greeting({ onGo }: { onGo: (invite: OpenedInvite) => void }) {
  const house = useHouse();
  const link = pendingLink.value;
  const [state, setState] = useState<Opening>({ is: "opening" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (link === null) return;
    let here = true;
    setState({ is: "opening" });
    house.invites.open(link).then(
      (invite) => here && setState({ is: "open", invite }),
      (error: unknown) => here && setState({ is: "failed", failure: failureOf(error) }),
    );
    return () => void (here = false);
  }, [house, link, tries]);

  if (link === null) return <NoLink />;
  if (state.is === "opening") {
    return (
      <Page title={t("arrive.openingTitle")}>
        <Loading>{t("arrive.opening")}</Loading>
      </Page>
    );
  }
  if (state.is === "failed") return <Failed failure={state.failure} onRetry={() => setTries(tries + 1)} />;
  return <Invited invite={state.invite} onGo={() => onGo(state.invite)} />;
}

function Invited({ invite, onGo }: { invite: OpenedInvite; onGo: () => void }) {
  const houseName = useHouse().about.facts.value?.name;
  const from = invite.from;
  return (
    <Page
      title={from ? t("arrive.invitedBy", { name: from.name }) : t("arrive.invited")}
      lead={from ? t("arrive.invitedByLead", { name: from.name }) : houseName && t("arrive.invitedLead", { house: houseName })}
    >
      {from?.words && (
        <Card look="warm" class="greeting">
          <Disc name={from.name} />
          <p class="greeting-words">{from.words}</p>
        </Card>
      )}
      <p class="soft">{t("arrive.until", { day: formatDate(invite.expires) })}</p>
      <div class="stack">
        <Button look="main" wide onClick={onGo}>
          {t("arrive.start")}
        </Button>
        <ButtonLink href="/sign-in" wide>
          {t("arrive.haveAccount")}
        </ButtonLink>
      </div>
    </Page>
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
