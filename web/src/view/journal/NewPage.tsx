// SPDX-License-Identifier: AGPL-3.0-or-later
// A new page. What was begun before and not kept stands there again.
import { useMemo, useState } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { t } from "../../i18n";
import { toast } from "../../ui";
import { useHouse } from "../house-context";
import { dayOf } from "./days";
import type { Offer } from "./PromptLine";
import { blankPage, usePageDraft, type PageDraft } from "./use-page-draft";
import { WritePage } from "./WritePage";

const KEY = "page:new";

export function NewPage() {
  const { journal } = useHouse();
  const [, go] = useLocation();
  const speak = new URLSearchParams(useSearch()).has("voice");
  const [offered, setOffered] = useState("");
  const [taken, setTaken] = useState(false);
  const start = useMemo(() => blankPage(dayOf(Date.now())), []);
  const draft = usePageDraft(KEY, start);
  const own = draft.begun ? draft.words.prompt : taken ? offered : "";
  const put = (prompt: string) => (draft.begun ? draft.change({ prompt }) : setTaken(prompt !== ""));
  const offer: Offer = {
    key: own || offered,
    taken: own !== "",
    unasked: !draft.begun,
    set(prompt) {
      setOffered(prompt);
      if (own !== "") put(prompt);
    },
    take: () => put(offered),
  };
  const change: PageDraft["change"] = (part) => draft.change(draft.begun ? part : { prompt: own, ...part });
  return (
    <WritePage
      draft={{ ...draft, change }}
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
      onDiscard={() => setTaken(false)}
    />
  );
}
