// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter exactly as it would lie in their talk: my name over it as they see it, my wish, the words, and what would stand over
// their reply box. The same parts draw it there.
import { t } from "../../i18n";
import type { Wish } from "../../model/face";
import { useHouse } from "../house-context";
import { EntrySheet, Told, WishLine } from "../talk/Entry";
import { WishOver } from "../talk/ReplyBox";
import { useNow } from "../talk/when";
import type { OpenWords } from "./words";

export function AsTheySeeIt({ words, wish, name }: { words: OpenWords; wish: Wish; name: string }) {
  const house = useHouse();
  const now = useNow();
  const me = house.me.name.value;
  const self = house.rooms.self.value;
  return (
    <section class="letter-seen" aria-label={t("letters.ready.seen", { name })}>
      <EntrySheet mine={false} who={me} at={now} now={now}>
        <WishLine wish={wish} mine={false} name={me} />
        {self && <Told content={words} room={self.room} />}
      </EntrySheet>
      <div class="reply-box">
        <WishOver wish={wish} name={me} />
      </div>
    </section>
  );
}
