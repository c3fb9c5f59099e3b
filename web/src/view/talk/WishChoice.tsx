// SPDX-License-Identifier: AGPL-3.0-or-later
// "What you would like back": one of five, with a sentence in the first person for the one that is picked, so that the
// writer hears what the other will hear.
import { t } from "../../i18n";
import type { Wish } from "../../model/face";
import { Choice } from "../../ui";
import { wishOptions } from "./wishes";

export function WishChoice({ value, onChange }: { value: Wish; onChange: (wish: Wish) => void }) {
  return (
    <Choice
      label={t("talk.wish.legend")}
      hint={t(`talk.wish.${value}.say`)}
      options={wishOptions()}
      value={value}
      onChange={onChange}
    />
  );
}
