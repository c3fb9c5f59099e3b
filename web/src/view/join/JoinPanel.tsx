// SPDX-License-Identifier: AGPL-3.0-or-later
// Who invites, in their own words, and what saying yes means. The same for someone who lives here and for a newcomer.
import { formatDate, t } from "../../i18n";
import type { OpenedInvite } from "../../model/face";
import { Card, Disc, Mark } from "../../ui";
import { Words } from "../talk/Words";

export function JoinPanel({ invite }: { invite: OpenedInvite }) {
  const { from } = invite;
  return (
    <>
      {from?.words ? (
        <Card look="warm" class="join-panel-greeting">
          <Disc name={from.name} />
          <div>
            <p class="join-panel-by">{t("join.from.said", { name: from.name })}</p>
            <Words class="join-panel-words">{from.words}</Words>
          </div>
        </Card>
      ) : (
        <Mark size="l" />
      )}
      {from && (
        <section class="stack stack-s" aria-labelledby="join-what">
          <h2 id="join-what">{t("join.what.title")}</h2>
          <ul class="about-facts">
            <li>{t("join.what.two", { name: from.name })}</li>
            <li>{t("join.what.pace")}</li>
            <li>{t("join.what.end")}</li>
          </ul>
        </section>
      )}
      <p class="soft">{t("join.until", { when: formatDate(invite.expires) })}</p>
    </>
  );
}
