// SPDX-License-Identifier: AGPL-3.0-or-later
// A lamp that grows a little with the voice. It says only "you are heard"; words beside it say that the microphone is on, so
// it is hidden from those who listen, and stands still for those who asked for stillness.
import { useEffect, useRef } from "preact/hooks";
import type { Level } from "./level";
import "./LevelMark.css";

export function LevelMark({ level, still }: { level: Level; still: boolean }) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    let shown = 0;
    let frame = requestAnimationFrame(draw);
    function draw() {
      shown += ((level.now() ?? 0) - shown) * 0.15; // follows slowly: nothing flickers
      mark.current?.style.setProperty("--level", shown.toFixed(3));
      frame = requestAnimationFrame(draw);
    }
    return () => {
      cancelAnimationFrame(frame);
      mark.current?.style.removeProperty("--level");
    };
  }, [level, still]);
  return <span class={`level-mark${still ? " level-mark-still" : ""}`} aria-hidden="true" ref={mark} />;
}
