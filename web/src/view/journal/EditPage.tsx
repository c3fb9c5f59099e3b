// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing a page: a newer version is made from the one that was seen; the one before is kept until it is let go. If another
// device changed the page meanwhile, both versions stand afterwards, and the page asks which to keep.
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Id, PageWords, Whole } from "../../model/face";
import { toast } from "../../ui";
import { useHouse } from "../house-context";
import type { Offer } from "./PromptLine";
import { sittingOfPrompt } from "./sitting";
import { NotHere, usePage } from "./use-page";
import { usePageDraft } from "./use-page-draft";
import { WritePage } from "./WritePage";

export const editKey = (page: Id): string => `page:${page}`;

export function EditPage({ page: id }: { page: string }) {
  const page = usePage(id);
  const newest = page.is === "here" ? page.whole.newest.at(-1) : undefined;
  if (page.is !== "here" || newest === undefined) return <NotHere page={page} title={t("journal.edit.title")} />;
  return <Editing whole={page.whole} start={newest.words} after={[newest.id]} />;
}

function Editing({ whole, start, after }: { whole: Whole<PageWords>; start: PageWords; after: readonly Id[] }) {
  const { journal } = useHouse();
  const [, go] = useLocation();
  const draft = usePageDraft(editKey(whole.id), start, after);
  const here = `/journal/${whole.id}`;
  // The question that stood there can be taken away or changed; a page that had none is not asked one.
  const offer: Offer = { key: draft.words.prompt, taken: true, unasked: false, set: (prompt) => draft.change({ prompt }), take: () => undefined };
  const asked = start.prompt !== "" && sittingOfPrompt(start.prompt) === null;
  return (
    <WritePage
      draft={draft}
      {...(asked ? { offer } : {})}
      before={start.voice}
      back={{ href: here, label: t("ui.back") }}
      keepWords={t("journal.keep.again")}
      discardWords={t("journal.discard.edit")}
      onKeep={(words) => journal.edit(whole.id, words, draft.after)}
      onKept={() => {
        toast(t(whole.shared.length > 0 ? "journal.kept.shared" : "journal.kept"));
        go(here, { replace: true });
      }}
      onDiscard={() => go(here, { replace: true })}
    />
  );
}
