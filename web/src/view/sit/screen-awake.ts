// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the screen from going dark while one sits (Screen Wake Lock API). Where a browser will not, nothing is lost.
import { useEffect } from "preact/hooks";

export function useScreenAwake(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null;
    let here = true;
    const hold = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      held = await navigator.wakeLock.request("screen").catch(() => null);
      if (!here) await held?.release();
    };
    const again = () => void hold(); // it is lost whenever the page is hidden
    void hold();
    document.addEventListener("visibilitychange", again);
    return () => {
      here = false;
      document.removeEventListener("visibilitychange", again);
      void held?.release();
    };
  }, []);
}
