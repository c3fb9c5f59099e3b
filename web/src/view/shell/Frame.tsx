// SPDX-License-Identifier: AGPL-3.0-or-later
// What stays around every screen. On a phone: a bar above with the way out, the navigation below. On a desk: a rail at
// the side and the way out at the top of the page. The order in the page is the order of Tab: leave, skip, bar, content.
import type { ComponentChildren } from "preact";
import { Lock } from "lucide-preact";
import { t } from "../../i18n";
import { BesideClose, Button, Link, Mark, Toasts } from "../../ui";
import { useHouse } from "../house-context";
import { ExitButton, ExitLink } from "../safety/Exit";
import { arriving } from "./arriving";
import { Navigation } from "./Navigation";
import { Notices } from "./Notices";

export function Frame({ children }: { children: ComponentChildren }) {
  const inside = useInside();
  return (
    <div class={`frame${inside ? " frame-inside" : ""}`}>
      <header class="frame-bar">
        <ExitLink />
        <a class="visually-hidden frame-skip" href="#content">
          {t("shell.skip")}
        </a>
        <Link href="/" class="frame-home">
          <Mark />
          <span class="frame-name">{t("shell.name")}</span>
        </Link>
        <div class="frame-ways-out">
          {inside && <LockButton />}
          <ExitButton />
        </div>
      </header>
      {inside && <Navigation />}
      <main class="frame-content" id="content" tabIndex={-1}>
        <Notices />
        <BesideClose.Provider value={<ExitButton />}>{children}</BesideClose.Provider>
      </main>
      {!inside && <Footer />}
      <Toasts />
    </div>
  );
}

/** Signed in, open and past the first steps: only then is there somewhere to navigate to. */
function useInside(): boolean {
  const house = useHouse();
  const session = house.session.state.value;
  const known = house.settings.values.value.quickExitKnown;
  return session.is === "open" && !session.needsPassphrase && known && !arriving.value;
}

function LockButton() {
  const house = useHouse();
  return (
    <Button look="plain" icon={Lock} iconOnly onClick={() => void house.session.lock()}>
      {t("shell.lock")}
    </Button>
  );
}

function Footer() {
  return (
    <footer class="frame-footer">
      <Link href="/help">{t("shell.help")}</Link>
      <Link href="/house">{t("shell.aboutHouse")}</Link>
    </footer>
  );
}
