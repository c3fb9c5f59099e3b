// SPDX-License-Identifier: AGPL-3.0-or-later
// An idea for someone who did not ask for one is asked about before it goes. No blame: three ways on, none of them wrong.
import { t } from "../../i18n";
import type { Wish } from "../../model/face";
import { Button, Sheet } from "../../ui";
import type { Composer } from "./use-composer";

export function IdeaSheet({ wish, name, composer }: { wish: Exclude<Wish, "ideas">; name: string; composer: Composer }) {
  return (
    <Sheet title={t("talk.idea.title")} onClose={composer.keepWriting}>
      <p>{t(`talk.idea.${wish}`, { name })}</p>
      <div class="stack stack-s">
        <Button look="main" wide onClick={() => void composer.askFirst()}>
          {t("talk.idea.first")}
        </Button>
        <p class="soft small">{t("talk.idea.first.say")}</p>
      </div>
      <Button wide onClick={composer.keepWriting}>
        {t("talk.idea.keep")}
      </Button>
      <Button look="plain" wide onClick={() => void composer.sendAsItIs()}>
        {t("talk.idea.as-is")}
      </Button>
    </Sheet>
  );
}
