// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files turned out to hold, before anything is kept: how much, from when to when, page by page to choose from, and what
// is not among it and why. Pages are drawn a slice at a time; all that are not left out by hand are chosen.
import { useEffect, useRef, useState } from "preact/hooks";
import { formatDate, t } from "../../i18n";
import type { ImportPreview } from "../../model/face";
import { Button, Check, Loading, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { noonOf } from "../journal/days";
import { Unread } from "./Unread";

export interface PreviewProps {
  preview: ImportPreview;
  busy: boolean;
  onKeep: (preview: ImportPreview) => void;
  onOther: () => void;
}

type Found = ImportPreview["pages"][number];

const SLICE = 100;
const FIRST = 140;

export function Preview({ preview, busy, onKeep, onOther }: PreviewProps) {
  const { importing } = useHouse();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fresh = preview.pages.filter(({ known }) => !known);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = fresh.filter(({ key }) => !left.has(key));
  const toggle = (key: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(key);
    else next.add(key);
    setLeft(next);
  };
  const state = importing.state.value;
  return (
    <div class="stack stack-l">
      <section class="stack" aria-labelledby="bring-found">
        <h2 id="bring-found" tabIndex={-1} ref={heading}>
          {t("importing.found.title")}
        </h2>
        <p>{summary(preview)}</p>
        {fresh.length === 0 && <p>{t("importing.found.all-known")}</p>}
        {fresh.length > 0 && fresh.length < preview.pages.length && <p>{t("importing.found.known", { count: preview.pages.length - fresh.length })}</p>}
        {busy && <Loading>{t("importing.keeping", state.is === "working" ? state : { done: 0, of: chosen.length })}</Loading>}
        <div class="row">
          {fresh.length > 0 && (
            <Button look="main" busy={busy} disabled={chosen.length === 0} onClick={() => onKeep({ ...preview, pages: chosen })}>
              {t("importing.keep", { count: chosen.length })}
            </Button>
          )}
          {!busy && <Button onClick={onOther}>{t("importing.choose.other")}</Button>}
        </div>
        {fresh.length > 0 && chosen.length === 0 && <Notice>{t("importing.keep.none")}</Notice>}
      </section>
      <Unread unread={preview.unread} />
      <section class="stack" aria-label={t("importing.list.label")}>
        {fresh.length > 1 && (
          <div class="row">
            <Button look="plain" disabled={left.size === 0} onClick={() => setLeft(new Set())}>
              {t("importing.list.all")}
            </Button>
            <Button look="plain" disabled={chosen.length === 0} onClick={() => setLeft(new Set(fresh.map(({ key }) => key)))}>
              {t("importing.list.none")}
            </Button>
          </div>
        )}
        <FoundPages pages={preview.pages} left={left} onToggle={toggle} />
      </section>
    </div>
  );
}

function FoundPages({ pages, left, onToggle }: { pages: readonly Found[]; left: ReadonlySet<string>; onToggle: (key: string, on: boolean) => void }) {
  const [shown, setShown] = useState(SLICE);
  return (
    <>
      <ul class="bring-pages" role="list">
        {pages.slice(0, shown).map((page) => (
          <li key={page.key}>
            {page.known ? (
              <div class="bring-known">
                <FoundPage page={page} />
                <span class="soft small">{t("importing.list.known")}</span>
              </div>
            ) : (
              <Check checked={!left.has(page.key)} onChange={(on) => onToggle(page.key, on)}>
                <FoundPage page={page} />
              </Check>
            )}
          </li>
        ))}
      </ul>
      {shown < pages.length && <Button onClick={() => setShown(shown + SLICE)}>{t("importing.list.more")}</Button>}
    </>
  );
}

function FoundPage({ page: { words } }: { page: Found }) {
  return (
    <span class="bring-page">
      <time dateTime={words.day}>{formatDate(noonOf(words.day))}</time> <span dir="auto">{firstWords(words.text)}</span>
    </span>
  );
}

function firstWords(text: string): string {
  const line = text.slice(0, 4 * FIRST).replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length > FIRST ? `${letters.slice(0, FIRST).join("")}…` : line;
}

function summary({ format, pages }: ImportPreview): string {
  const name = t(`importing.what.${format}`);
  const [first, last] = [pages[0], pages[pages.length - 1]].map((page) => formatDate(noonOf(page!.words.day)));
  if (pages.length === 1) return t("importing.found.one", { format: name, day: first! });
  return t("importing.found.many", { format: name, count: pages.length, from: first!, to: last! });
}
