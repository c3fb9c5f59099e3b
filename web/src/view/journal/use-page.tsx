// SPDX-License-Identifier: AGPL-3.0-or-later
// One thing of the journal by its id: a page with all its versions, or the word that it is not here. It may still be on its
// way to the shelf, so "not here" is said only once the shelf is whole.
import { Redirect } from "wouter-preact";
import { t } from "../../i18n";
import type { Id, Kept, PageWords, Whole } from "../../model/face";
import { Empty, Loading, Page } from "../../ui";
import { useHouse } from "../house-context";

export type PageState =
  | { readonly is: "here"; readonly whole: Whole<PageWords> }
  | { readonly is: "loading" }
  | { readonly is: "gone" }
  /** The id of a check-in or a letter. */
  | { readonly is: "other"; readonly kept: Kept };

export function usePage(id: Id): PageState {
  const { journal } = useHouse();
  const whole = journal.page(id).value;
  const kept = journal.kept.value.find((one) => one.id === id);
  if (whole !== null) return { is: "here", whole };
  if (kept && kept.kind !== "page") return { is: "other", kept };
  return kept || journal.state.value.is !== "ready" ? { is: "loading" } : { is: "gone" };
}

export const BACK = () => ({ href: "/journal", label: t("journal.back") });

/** For the screens that need a page and have none. */
export function NotHere({ page, title }: { page: PageState; title: string }) {
  if (page.is === "other") return <Redirect to={page.kept.kind === "letter" ? `/letters/${page.kept.id}` : `/journal/${page.kept.id}`} replace />;
  return (
    <Page title={title} back={BACK()}>
      {page.is === "gone" ? (
        <Empty title={t("journal.gone")}>
          <p>{t("journal.gone.say")}</p>
        </Empty>
      ) : (
        <Loading />
      )}
    </Page>
  );
}
