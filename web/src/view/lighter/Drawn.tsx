// SPDX-License-Identifier: AGPL-3.0-or-later
// Shapes on the screen. Their colours come from the theme; their sizes were worked out for the width that there is.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Drawing, Shape } from "./drawing";

/** LABEL "": it only repeats what stands beside it in words. */
export function Drawn({ drawing, label }: { drawing: Drawing; label: string }) {
  const { width, height, shapes } = drawing;
  const told = label === "" ? ({ "aria-hidden": true } as const) : ({ role: "img", "aria-label": label } as const);
  return (
    <svg class="lighter-drawn" width={width} height={height} viewBox={`0 0 ${width} ${height}`} {...told}>
      {shapes.map((shape, i) => (
        <OneShape key={i} shape={shape} />
      ))}
    </svg>
  );
}

function OneShape({ shape }: { shape: Shape }) {
  const look = `lighter-${shape.look}`;
  if (shape.is === "line") return <line class={look} x1={shape.x1} y1={shape.y1} x2={shape.x2} y2={shape.y2} />;
  if (shape.is === "circle") return <circle class={look} cx={shape.x} cy={shape.y} r={shape.r} />;
  if (shape.is === "path") return <path class={look} d={shape.d} />;
  return (
    <text class={look} x={shape.x} y={shape.y}>
      {shape.words}
    </text>
  );
}

export interface Room {
  readonly width: number;
  readonly letter: number;
}

/** How wide the place is, and how large its letters are: by a ruler of one letter, which changes when they do. */
export function useRoom(): { room: Room | null; place: { current: HTMLDivElement | null }; ruler: { current: HTMLSpanElement | null } } {
  const place = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    if (!place.current || !ruler.current) return;
    const measure = () => {
      const [width, letter] = [Math.floor(place.current?.clientWidth ?? 0), ruler.current?.offsetWidth ?? 0];
      setRoom((before) => (width === 0 || letter === 0 || (before?.width === width && before.letter === letter) ? before : { width, letter }));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(place.current);
    watch.observe(ruler.current);
    return () => watch.disconnect();
  }, []);
  return { room, place, ruler };
}
