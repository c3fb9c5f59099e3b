// SPDX-License-Identifier: AGPL-3.0-or-later
// A question above an empty page. It can be changed for another or waved away; who waves it away is not offered one again
// while this page of the browser lives. Only a question that was taken is kept with the page: who writes about something else
// does not find it above their words later.
import { useEffect, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { t } from "../../i18n";
import { isPrompt, loadPrompts, type PromptKey, type Prompts } from "../../i18n/prompts";
import { Button } from "../../ui";

const waved = signal(false);

/** Null until they are here; null, too, if they cannot come: a page needs no question. */
export function usePrompts(): Prompts | null {
  const [prompts, setPrompts] = useState<Prompts | null>(null);
  useEffect(() => {
    let here = true;
    loadPrompts().then((loaded) => here && setPrompts(loaded), () => undefined);
    return () => void (here = false);
  }, []);
  return prompts;
}

/** What stands above the words now: the page's own question, or one that is merely offered. */
export interface Offer {
  readonly key: string;
  readonly taken: boolean;
  /** Whether a question may come by itself: not above words that were begun without one. */
  readonly unasked: boolean;
  set(key: string): void;
  take(): void;
}

export function PromptLine({ offer, onTake }: { offer: Offer; onTake: () => void }) {
  const prompts = usePrompts();
  useEffect(() => {
    if (prompts && offer.unasked && offer.key === "" && !waved.peek()) offer.set(another(prompts, ""));
  }, [prompts]);
  if (!prompts) return null;
  const wave = () => {
    waved.value = true;
    offer.set("");
  };
  const take = () => {
    offer.take();
    onTake();
  };
  const next = () => {
    waved.value = false;
    offer.set(another(prompts, offer.key));
  };
  if (!isPrompt(prompts, offer.key))
    return (
      <div class="row">
        <Button look="plain" onClick={next}>
          {t("journal.prompt.show")}
        </Button>
      </div>
    );
  return (
    <section class="prompt" aria-label={t("journal.prompt.label")}>
      <p class="prompt-words" role="status">
        {prompts[offer.key]}
      </p>
      <div class="row prompt-ways">
        {!offer.taken && (
          <Button look="plain" onClick={take}>
            {t("journal.prompt.take")}
          </Button>
        )}
        <Button look="plain" onClick={next}>
          {t("journal.prompt.another")}
        </Button>
        <Button look="plain" onClick={wave}>
          {t("journal.prompt.none")}
        </Button>
      </div>
    </section>
  );
}

function another(prompts: Prompts, than: string): PromptKey {
  const keys = (Object.keys(prompts) as PromptKey[]).filter((key) => key !== than);
  return keys[Math.floor(Math.random() * keys.length)] ?? "now.sentence";
}
