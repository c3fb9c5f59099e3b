// SPDX-License-Identifier: AGPL-3.0-or-later
// In a talk and on a circle's page: that somebody asks for help, or plans something. One quiet line, since both have a page of
// their own; it goes when somebody has taken it on, or when one has answered.
import { t } from "../../i18n";
import type { Id } from "../../model/face";
import { ButtonLink, Notice } from "../../ui";
import { useHouse } from "../house-context";

export interface CarryLineProps {
  readonly room: Id;
  readonly href: string;
  readonly nameOf: (person: Id) => string;
}

export function CarryLine({ room, href, nameOf }: CarryLineProps) {
  const { helps, plans } = useHouse().carrying.waiting(room).value;
  const [help, plan] = [helps[0], plans[0]];
  const said = help ? t("carry.line.help", { name: nameOf(help.by) }) : plan ? t("carry.line.plan", { name: nameOf(plan.by) }) : null;
  return said === null ? null : <Notice actions={<ButtonLink href={href}>{t("carry.line.see")}</ButtonLink>}>{said}</Notice>;
}
