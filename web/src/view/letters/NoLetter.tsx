// SPDX-License-Identifier: AGPL-3.0-or-later
// In place of a letter that is not there: still being opened, or gone.
import { t } from "../../i18n";
import type { Id } from "../../model/face";
import { ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";

export function NoLetter({ id, title }: { id: Id; title: string }) {
  const { journal, letters } = useHouse();
  const state = journal.state.value;
  const listed = letters.list.value.some((kept) => kept.id === id);
  return (
    <Page title={title} back={{ href: "/letters", label: t("letters.back") }}>
      {state.is === "failed" && <Notice tone="wrong">{`${t("letters.failed")} ${sayFailure(state.failure)}`}</Notice>}
      {state.is === "ready" && !listed ? (
        <Empty title={t("letters.missing")} action={<ButtonLink href="/letters">{t("letters.gone.back")}</ButtonLink>}>
          {t("letters.missing.say")}
        </Empty>
      ) : (
        state.is !== "failed" && <Loading>{t("letters.loading")}</Loading>
      )}
    </Page>
  );
}
