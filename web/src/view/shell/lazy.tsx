// SPDX-License-Identifier: AGPL-3.0-or-later
// A screen whose code comes when it is first opened. If it cannot come (offline before the first full visit, or a newer
// client has replaced it), the person can try again or load the page anew; nothing they wrote is lost by that.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Loading, Notice, Page } from "../../ui";

export type View<P> = (props: P) => JSX.Element | null;

export function lazy<P extends object>(load: () => Promise<View<P>>): View<P> {
  let ready: View<P> | null = null;
  return function Lazy(props: P) {
    const [state, setState] = useState<"loading" | "ready" | "failed">(ready ? "ready" : "loading");
    useEffect(() => {
      if (state !== "loading") return;
      let here = true;
      load().then(
        (screen) => {
          ready = screen;
          if (here) setState("ready");
        },
        () => here && setState("failed"),
      );
      return () => void (here = false);
    }, [state]);
    if (state === "failed") return <NotLoaded onRetry={() => setState("loading")} />;
    const Screen = ready;
    if (!Screen) return <Waiting />;
    return <Screen {...props} />;
  };
}

function Waiting() {
  return (
    <div class="page">
      <Loading />
    </div>
  );
}

function NotLoaded({ onRetry }: { onRetry: () => void }) {
  return (
    <Page title={t("shell.notLoadedTitle")}>
      <Notice tone="wrong">{t("shell.notLoaded")}</Notice>
      <div class="row">
        <Button look="main" onClick={onRetry}>
          {t("ui.tryAgain")}
        </Button>
        <Button onClick={() => location.reload()}>{t("shell.reload")}</Button>
      </div>
    </Page>
  );
}
