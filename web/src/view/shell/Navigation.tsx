// SPDX-License-Identifier: AGPL-3.0-or-later
// Five places, always with their words: Today, Journal, People, Help, Me. A dot, never a number, says that something waits.
import { CircleUserRound, LifeBuoy, NotebookPen, Sun, UsersRound, type LucideIcon } from "lucide-preact";
import { matchRoute, useLocation, useRouter } from "wouter-preact";
import { t } from "../../i18n";
import { Icon, Link, VisuallyHidden } from "../../ui";
import { useHouse } from "../house-context";
import { ALWAYS, SIGNED_IN, type Screen } from "./routes";

type Place = Screen["under"];

const PLACES: readonly { place: Place; href: string; icon: LucideIcon }[] = [
  { place: "today", href: "/", icon: Sun },
  { place: "journal", href: "/journal", icon: NotebookPen },
  { place: "people", href: "/people", icon: UsersRound },
  { place: "help", href: "/help", icon: LifeBuoy },
  { place: "me", href: "/me", icon: CircleUserRound },
];

export function Navigation() {
  const here = useHere();
  const waiting = useWaiting();
  return (
    <nav class="navigation" aria-label={t("shell.navigation")}>
      <ul class="navigation-list" role="list">
        {PLACES.map(({ place, href, icon }) => (
          <li key={place}>
            <Link href={href} class="navigation-link" current={here === place}>
              <span class="navigation-icon">
                <Icon of={icon} />
                {waiting[place] && <span class="navigation-dot" />}
              </span>
              <span>{t(`shell.${place}`)}</span>
              {waiting[place] && <VisuallyHidden>{t("shell.waiting")}</VisuallyHidden>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useHere(): Place | null {
  const [location] = useLocation();
  const { parser } = useRouter();
  const screen = [...ALWAYS, ...SIGNED_IN].find(({ path }) => matchRoute(parser, path, location)[0]);
  return screen?.under ?? null;
}

function useWaiting(): Partial<Record<Place, boolean>> {
  const house = useHouse();
  return {
    today: house.today.came.value.length > 0,
    people: house.people.bonds.value.some((bond) => bond.unread && !bond.blocked) || house.circles.mine.value.some(({ unread }) => unread),
  };
}
