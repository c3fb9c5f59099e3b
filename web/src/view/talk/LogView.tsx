// SPDX-License-Identifier: AGPL-3.0-or-later
// The lines of a talk, oldest first, told aloud politely as they come. Older pages load when one scrolls to the top (and
// by a button); what one was reading stays where it was.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import type { Log } from "../../model/face";
import { Button, Empty, Loading, Notice } from "../../ui";
import { sayFailure } from "../failure";
import { useTask, type Task } from "../use-task";
import { LogLine } from "./LogLine";
import type { Talking } from "./talking";
import { useReadingPlace } from "./use-reading-place";

export interface LogViewProps {
  talking: Talking;
  label: string;
  /** Said above the first line of all. */
  beginning: string;
  /** Shown while nothing was said. */
  empty: { readonly title: string; readonly say: string; readonly action?: ComponentChildren };
}

export function LogView({ talking, label, beginning, empty }: LogViewProps) {
  const { log } = talking;
  const lines = log.lines.value;
  const state = log.state.value;
  const older = useTask();
  const list = useRef<HTMLDivElement>(null);
  useReadingPlace(list, lines, state.is === "ready");
  useMarkRead(log);
  const waiting = lines.length === 0 && (state.is === "idle" || state.is === "loading");
  return (
    <>
      {state.is === "failed" && <Notice tone="wrong">{`${t("talk.failed")} ${sayFailure(state.failure)}`}</Notice>}
      {waiting && <Loading>{t("talk.loading")}</Loading>}
      {lines.length > 0 && <Older talking={talking} older={older} beginning={beginning} />}
      <div
        class="log"
        role="log"
        aria-label={label}
        aria-live={older.busy ? "off" : "polite"}
        aria-relevant="additions"
        ref={list}
      >
        {lines.map((line) => (
          <LogLine key={line.key} line={line} talking={talking} />
        ))}
      </div>
      {lines.length === 0 && state.is === "ready" && log.writable.value && (
        <Empty title={empty.title} action={empty.action}>
          {empty.say}
        </Empty>
      )}
    </>
  );
}

function Older({ talking, older, beginning }: { talking: Talking; older: Task; beginning: string }) {
  const { log } = talking;
  const edge = useRef<HTMLDivElement>(null);
  const hasOlder = log.hasOlder.value;
  useEffect(() => {
    const { current } = edge;
    if (!hasOlder || !current) return;
    let scrolled = false; // only a person's own scrolling loads more: the first moment of the page stands at its top
    const onScroll = () => void (scrolled = true);
    const watch = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting && scrolled) void older.run(() => log.loadOlder());
    });
    addEventListener("wheel", onScroll, { passive: true });
    addEventListener("touchmove", onScroll, { passive: true });
    watch.observe(current);
    return () => {
      removeEventListener("wheel", onScroll);
      removeEventListener("touchmove", onScroll);
      watch.disconnect();
    };
  }, [hasOlder, log, log.lines.value[0]?.key]);
  if (!hasOlder) return <p class="log-start">{beginning}</p>;
  return (
    <div class="log-older" ref={edge}>
      <Button look="plain" busy={older.busy} onClick={() => void older.run(() => log.loadOlder())}>
        {older.busy ? t("talk.older.loading") : t("talk.older")}
      </Button>
      {older.wrong && <Notice tone="wrong">{older.wrong}</Notice>}
    </div>
  );
}

/** Looked at: only while the page is really in view. */
function useMarkRead(log: Log): void {
  const last = log.lines.value.at(-1)?.key;
  useEffect(() => {
    const mark = () => {
      if (document.visibilityState === "visible") log.markRead();
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [log, last]);
}
