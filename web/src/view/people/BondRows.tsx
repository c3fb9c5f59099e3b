// SPDX-License-Identifier: AGPL-3.0-or-later
// People of this house, one row each: the name, one honest sentence, and a dot if something new stands there.
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { Disc, Row, Rows, VisuallyHidden } from "../../ui";
import { sayWhen, useNow } from "../talk/when";

export function BondRows({ bonds, label }: { bonds: readonly Bond[]; label: string }) {
  const now = useNow();
  if (bonds.length === 0) return null;
  return (
    <Rows label={label}>
      {bonds.map((bond) => (
        <Row
          key={bond.room}
          href={`/people/${bond.room}`}
          start={<Disc name={bond.name} />}
          title={<bdi>{bond.name || t("talk.someone")}</bdi>}
          detail={sayBond(bond, now)}
          end={bond.unread && <Unread name={bond.name} />}
        />
      ))}
    </Rows>
  );
}

function Unread({ name }: { name: string }) {
  return (
    <span class="unread-dot">
      <VisuallyHidden>{t("people.unread", { name })}</VisuallyHidden>
    </span>
  );
}

function sayBond(bond: Bond, now: number): string {
  const { name } = bond;
  if (bond.blocked) return t("people.state.blocked", { name });
  if (bond.state === "settling") return t("people.state.settling");
  if (bond.state === "untrusted") return t("people.state.untrusted");
  if (bond.state === "ended") {
    const when = sayWhen(bond.endedAt ?? now, now);
    return t(bond.endedByMe ? "people.state.ended.me" : "people.state.ended.them", { name, when });
  }
  if (bond.theyWroteAt !== null && bond.theyWroteAt > (bond.iWroteAt ?? 0)) return t("people.state.they", { when: sayWhen(bond.theyWroteAt, now) });
  if (bond.iWroteAt !== null) return t("people.state.me", { when: sayWhen(bond.iWroteAt, now) });
  return t("people.state.new", { when: sayWhen(bond.started, now) });
}
