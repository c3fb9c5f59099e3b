// SPDX-License-Identifier: AGPL-3.0-or-later
// A new page. What was begun before and not kept stands there again.
import { useMemo, useState } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { t } from "../../i18n";
import { toast } from "../../ui";
import { useHouse } from "../house-context";
import { dayOf } from "./days";
import type { Offer } from "./PromptLine";
import { blankPage, usePageDraft } from "./use-page-draft";
import { WritePage } from "./WritePage";

const KEY = "page:new";

export function NewPage() {
  const { journal, drafts } = useHouse();
  const [, go] = useLocation();
  const speak = new URLSearchParams(useSearch()).has("voice");
  const [offered, setOffered] = useState(() => drafts.read(KEY).peek()?.page?.prompt ?? "");
  const start = useMemo(() => blankPage(dayOf(Date.now())), []);
  const draft = usePageDraft(KEY, start);
  const offer: Offer = {
    key: offered,
    set(prompt) {
      setOffered(prompt);
      if (draft.begun) draft.change({ prompt });
    },
  };
  const withPrompt = { ...draft, change: (part: Parameters<typeof draft.change>[0]) => draft.change({ prompt: offered, ...part }) };
  return (
    <WritePage
      draft={withPrompt}
      offer={offer}
      speak={speak}
      back={{ href: "/journal", label: t("journal.back") }}
      keepWords={t("journal.keep")}
      discardWords={t("journal.discard")}
      onKeep={(words) => journal.write(words)}
      onKept={(id) => {
        toast(t("journal.kept"));
        go(`/journal/${id}`, { replace: true });
      }}
      onDiscard={() => setOffered("")}
    />
  );
}
