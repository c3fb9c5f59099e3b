// SPDX-License-Identifier: AGPL-3.0-or-later
// What the shell does for every screen: the chosen theme, telling the model that someone is here, and thanks.
import { untracked, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { bringInside, t } from "../../i18n";
import type { House } from "../../model/face";
import { toast } from "../../ui";
import { roomWith } from "../people/room-with";
import { keepInsideForOffline } from "./new-version";

/** The attribute wins over the system's wish; without it the style sheet follows the system. */
export function useTheme(house: House): void {
  useSignalEffect(() => {
    const { theme } = house.settings.values.value;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    colourTheBrowser();
  });
}

/** The bar of a phone's browser takes the colour of the paper. */
function colourTheBrowser(): void {
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.removeAttribute("media");
    meta.content = paper;
  }
}

export function useOfflineInside(house: House): void {
  useSignalEffect(() => {
    if (house.session.state.value.is !== "open") return;
    void keepInsideForOffline();
    void bringInside().catch(() => undefined); // early, so that the first screen need not wait; it asks again itself
  });
}

/** Thanks for sitting together may come wherever one is by then. They are said once, however often they are looked at. */
export function useThanks(house: House): void {
  const said = useRef("");
  useSignalEffect(() => {
    const thanks = house.sittings.thanks.value;
    const key = thanks === null ? "" : `${thanks.room}/${thanks.person}`;
    if (thanks !== null && key !== said.current) toast(t("sit.thanks", { name: untracked(() => roomWith(house, thanks.room)?.nameOf(thanks.person)) ?? t("talk.someone") }), { lastsMs: 12_000 });
    said.current = key;
  });
}

const SIGNS_OF_LIFE = ["pointerdown", "keydown", "touchstart", "wheel"] as const;

export function useAutoLock(house: House): void {
  useEffect(() => {
    const touch = () => house.session.touch();
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, touch, { passive: true });
    return () => {
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, touch);
    };
  }, [house]);
}
