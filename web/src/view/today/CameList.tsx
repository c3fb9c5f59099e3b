// SPDX-License-Identifier: AGPL-3.0-or-later
// What came for me, newest first. Nothing of what was written is shown here, only that it came and what would help next:
// the words themselves are read in the talk, when one chooses to.
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Loading, Notice } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { CameItem } from "./CameItem";
import { foldCame } from "./fold";

export function CameList() {
  const { today, people, connection } = useHouse();
  const heading = useRef<HTMLHeadingElement>(null);
  const state = people.state.value;
  const came = foldCame(today.came.value);
  const waiting = came.length === 0 && state.is === "loading";
  const putAway = (keys: readonly string[]) => {
    for (const key of keys) today.seen(key);
    heading.current?.focus();
  };
  return (
    <section class="stack" aria-labelledby="came">
      <h2 id="came" class="came-title" tabIndex={-1} ref={heading}>
        {t("today.came.title")}
      </h2>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button>}>
          {t("today.came.failed")} {sayFailure(state.failure)}
        </Notice>
      )}
      {waiting && <Loading>{t("today.came.loading")}</Loading>}
      {came.length === 0 && state.is === "ready" && <p class="soft">{t("today.came.empty")}</p>}
      {came.length > 0 && (
        <ul class="came" role="list" aria-label={t("today.came.list")}>
          {came.map(({ item, keys }) => (
            <CameItem key={item.key} item={item} onPutAway={() => putAway(keys)} />
          ))}
        </ul>
      )}
    </section>
  );
}
