// SPDX-License-Identifier: AGPL-3.0-or-later
// The ways to begin. Writing and speaking stand first and side by side; none of the others is better.
import { BookOpenText, FolderInput, HeartHandshake, Mail, Mic, NotebookPen, Weight, type LucideIcon } from "lucide-preact";
import { t } from "../../i18n";
import { ButtonLink } from "../../ui";
import { useHouse } from "../house-context";

const OTHERS = [
  { href: "/letters", icon: Mail, words: "journal.way.letter" },
  { href: "/journal/guided", icon: BookOpenText, words: "journal.way.guided" },
  { href: "/journal/lighter", icon: Weight, words: "journal.way.lighter" },
  { href: "/given", icon: HeartHandshake, words: "journal.way.given" },
  { href: "/journal/bring", icon: FolderInput, words: "journal.way.bring" },
] as const satisfies readonly { href: string; icon: LucideIcon; words: string }[];

export function Ways() {
  const begun = useHouse().drafts.read("page:new").value !== null;
  return (
    <nav class="journal-ways" aria-label={t("journal.ways.label")}>
      <div class="journal-ways-first">
        <ButtonLink look="main" icon={NotebookPen} href="/journal/new">
          {t("journal.way.write")}
        </ButtonLink>
        <ButtonLink icon={Mic} href="/journal/new?voice">
          {t("journal.way.voice")}
        </ButtonLink>
      </div>
      {begun && <p class="soft small">{t("journal.way.write.begun")}</p>}
      <div class="journal-ways-others">
        {OTHERS.map(({ href, icon, words }) => (
          <ButtonLink key={href} look="plain" icon={icon} href={href}>
            {t(words)}
          </ButtonLink>
        ))}
      </div>
    </nav>
  );
}
