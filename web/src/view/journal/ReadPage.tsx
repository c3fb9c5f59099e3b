// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading one thing that was kept. Who else can read it is always said, in words. A check-in is read here, too; a letter has a
// screen of its own.
import { Pencil } from "lucide-preact";
import { t } from "../../i18n";
import type { PageWords, Whole } from "../../model/face";
import { ButtonLink, Page } from "../../ui";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { sayDay } from "./days";
import { EarlierVersions } from "./EarlierVersions";
import { editKey } from "./EditPage";
import { HereNote } from "./HereNote";
import { LetGo } from "./LetGo";
import { PageAsWritten } from "./PageAsWritten";
import { ReadCheckin } from "./ReadCheckin";
import { TwoVersions } from "./TwoVersions";
import { BACK, NotHere, usePage } from "./use-page";
import { WhoReads } from "./WhoReads";

export function ReadPage({ page: id }: { page: string }) {
  const page = usePage(id);
  if (page.is === "other" && page.kept.kind === "checkin") return <ReadCheckin kept={page.kept} />;
  if (page.is !== "here") return <NotHere page={page} title={t("journal.row.page")} />;
  return page.whole.newest.length > 1 ? <TwoVersions whole={page.whole} /> : <Reading whole={page.whole} />;
}

function Reading({ whole }: { whole: Whole<PageWords> }) {
  const now = useNow();
  const newest = whole.newest.at(-1);
  if (newest === undefined) return null;
  const { words } = newest;
  return (
    <Page title={sayDay(words.day, now)} back={BACK()}>
      <div class="read-page">
        <PageAsWritten words={words} />
        <HereNote place={newest.place} />
        <Begun id={whole.id} />
        <div class="row">
          <ButtonLink icon={Pencil} href={`/journal/${whole.id}/edit`}>
            {t("journal.read.edit")}
          </ButtonLink>
        </div>
        <WhoReads id={whole.id} shared={whole.shared} openHref={`/journal/${whole.id}/share`} />
        <EarlierVersions whole={whole} />
        <LetGo id={whole.id} shared={whole.shared} />
      </div>
    </Page>
  );
}

/** A change that was begun and neither kept nor left is not forgotten. */
function Begun({ id }: { id: string }) {
  const { drafts } = useHouse();
  if (drafts.read(editKey(id)).value === null) return null;
  return <p class="soft small">{t("journal.read.begun")}</p>;
}
