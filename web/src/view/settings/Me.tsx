// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything about me and this device, in four groups of plain lines. The rare and the final stand last.
import type { LucideIcon } from "lucide-preact";
import { Ban, Bell, CalendarDays, CreditCard, DoorOpen, Download, HeartHandshake, House, KeyRound, Lock, MonitorSmartphone, Moon, Palette, Trash2, UserRound } from "lucide-preact";
import { t } from "../../i18n";
import { Disc, Icon, Page, Row, Rows } from "../../ui";
import { useHouse } from "../house-context";
import { SignOut } from "./SignOut";

type Line = "name" | "look" | "quiet" | "bell" | "calendar" | "support" | "leaving" | "lock" | "passphrase" | "card" | "sessions" | "blocks" | "export" | "house" | "delete";

const GROUPS: readonly { title: "groupHere" | "groupSafe" | "groupLeave"; lines: readonly [Line, string, LucideIcon][] }[] = [
  {
    title: "groupHere",
    lines: [
      ["name", "/me/name", UserRound],
      ["look", "/me/look", Palette],
      ["quiet", "/me/quiet", Moon],
      ["bell", "/me/bell", Bell],
      ["calendar", "/me/calendar", CalendarDays],
      ["support", "/me/support", HeartHandshake],
    ],
  },
  {
    title: "groupSafe",
    lines: [
      ["leaving", "/leaving", DoorOpen],
      ["lock", "/me/lock", Lock],
      ["passphrase", "/me/passphrase", KeyRound],
      ["card", "/me/card", CreditCard],
      ["sessions", "/me/sessions", MonitorSmartphone],
      ["blocks", "/me/blocks", Ban],
    ],
  },
  {
    title: "groupLeave",
    lines: [
      ["export", "/me/export", Download],
      ["house", "/house", House],
      ["delete", "/me/delete", Trash2],
    ],
  },
];

export function Me() {
  const name = useHouse().me.name.value;
  return (
    <Page
      width="wide"
      title={
        <span class="me-title">
          <Disc name={name} size="l" />
          <span>{name || t("me.title")}</span>
        </span>
      }
    >
      <div class="me-groups">
        {GROUPS.map(({ title, lines }) => (
          <section key={title} class="stack stack-s" aria-labelledby={`me-${title}`}>
            <h2 id={`me-${title}`} class="me-group">
              {t(`me.${title}`)}
            </h2>
            <Rows>
              {lines.map(([line, href, icon]) => (
                <Row key={line} href={href} start={<Icon of={icon} />} title={t(`me.${line}`)} detail={t(`me.${line}Detail`)} />
              ))}
            </Rows>
          </section>
        ))}
        <SignOut />
      </div>
    </Page>
  );
}
