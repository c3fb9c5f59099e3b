// SPDX-License-Identifier: AGPL-3.0-or-later
// What was kept, month by month, a slice at a time: the next slice is drawn before one scrolls to the end, and there is a
// button for it, so that ten thousand pages open as fast as ten. Every row that is drawn stays in the page: Tab, the browser's
// own find and a screen reader meet a plain list.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Button } from "../../ui";
import { sayMonth } from "./days";
import { byMonth } from "./grouping";
import { KeptRow, rowId } from "./KeptRow";
import { SLICE, usePlace } from "./use-find";
import { useNames } from "./use-names";

/** How far below the window's edge the next slice is drawn. */
const AHEAD = "1500px";

export function KeptList({ kept, byWords }: { kept: readonly Kept[]; byWords: boolean }) {
  const place = usePlace();
  const list = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(() => Math.max(SLICE, place.opened ? place.shown : 0));
  const months = useMemo(() => byMonth(kept.slice(0, shown)), [kept, shown]);
  const more = () => setShown((before) => before + SLICE);
  useBackWhereOneWas();
  const open = (id: string) => Object.assign(place, { shown, opened: id });
  if (kept.length === 0) return null;
  return (
    <div class="kept-list" ref={list}>
      {byWords ? (
        <section aria-label={t("journal.list.found")}>
          <KeptRows rows={kept.slice(0, shown).map((one) => ({ kept: one, firstOfDay: true }))} withYear onOpen={open} />
        </section>
      ) : (
        months.map(({ month, rows }) => (
          <section key={month} class="kept-month" aria-labelledby={`month-${month}`}>
            <h2 id={`month-${month}`}>{sayMonth(month)}</h2>
            <KeptRows rows={rows} onOpen={open} />
          </section>
        ))
      )}
      {shown < kept.length && <Earlier list={list} onMore={more} />}
    </div>
  );
}

interface KeptRowsProps {
  rows: readonly { kept: Kept; firstOfDay: boolean }[];
  withYear?: boolean;
  onOpen: (id: string) => void;
}

function KeptRows({ rows, withYear = false, onOpen }: KeptRowsProps) {
  const names = useNames();
  return (
    <ol class="kept-rows" role="list">
      {rows.map(({ kept, firstOfDay }) => (
        <KeptRow key={kept.id} kept={kept} firstOfDay={firstOfDay} withYear={withYear} readers={names(kept.sharedWith)} onOpen={onOpen} />
      ))}
    </ol>
  );
}

/** Pressed by hand it leads on to the first of the new rows; scrolled near, it does its work unasked. */
function Earlier({ list, onMore }: { list: { readonly current: HTMLElement | null }; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!end.current) return;
    const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && latest.current(), { rootMargin: AHEAD });
    watch.observe(end.current);
    return () => watch.disconnect();
  });
  const press = () => {
    const before = rowsIn(list.current).length;
    onMore();
    requestAnimationFrame(() => requestAnimationFrame(() => rowsIn(list.current)[before]?.focus()));
  };
  return (
    <div class="kept-earlier" ref={end}>
      <Button onClick={press}>{t("journal.earlier")}</Button>
    </div>
  );
}

const rowsIn = (list: HTMLElement | null): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>(".kept-link") ?? [])];

/** Coming back from a page, its row is where the eye and the keyboard are: a moment after the screen has gone to its top. */
function useBackWhereOneWas(): void {
  const place = usePlace();
  useEffect(() => {
    const { opened } = place;
    if (opened === null) return;
    place.opened = null;
    const frame = requestAnimationFrame(() => {
      const row = document.getElementById(rowId(opened));
      row?.querySelector("a")?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "center" });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}
