// SPDX-License-Identifier: AGPL-3.0-or-later
// After four sittings it ends, kindly, and other ways are named. The fifth is not offered: going on would not make it lighter.
import { BookOpenText, Mail, NotebookPen, UsersRound } from "lucide-preact";
import { t } from "../../i18n";
import { Icon, Page, Row, Rows } from "../../ui";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { sittingsOf } from "./sitting";
import { BACK } from "./use-page";

export function GuidedOver() {
  const { journal } = useHouse();
  const now = useNow();
  const last = sittingsOf(journal.kept.value, now)[0];
  return (
    <Page title={t("journal.guided.over.title")} lead={t("journal.guided.over.say")} back={BACK()}>
      <p>{t("journal.guided.over.other")}</p>
      <Rows>
        <Row start={<Icon of={UsersRound} />} title={t("journal.guided.over.person")} href="/people" />
        <Row start={<Icon of={Mail} />} title={t("journal.guided.over.letter")} href="/letters/new" />
        <Row start={<Icon of={NotebookPen} />} title={t("journal.guided.over.page")} href="/journal/new" />
        {last && <Row start={<Icon of={BookOpenText} />} title={t("journal.guided.over.read")} href={`/journal/${last.id}`} />}
      </Rows>
    </Page>
  );
}
