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
            {means(invite.kind === "circle", from.name).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <p class="soft">{t("join.until", { when: formatDate(invite.expires) })}</p>
    </>
  );
}

function means(circle: boolean, name: string): string[] {
  if (circle) return [t("join.circle.what.read"), t("join.circle.what.before"), t("join.circle.what.pace"), t("join.circle.what.leave")];
  return [t("join.what.two", { name }), t("join.what.pace"), t("join.what.end")];
}
