// SPDX-License-Identifier: AGPL-3.0-or-later
// From a strip of days to lines, circles and letters: the same shapes for the screen and for the file. Position and shape tell
// everything; colour only repeats it. A dot is one moment; a ring with an arrow leads from before writing to after it.
import type { Mark, Strip } from "./strips";

export type Look = "guide" | "tick" | "dot" | "ring" | "shaft" | "head" | "letters" | "title";

export type Shape =
  | { readonly is: "line"; readonly look: Look; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  | { readonly is: "circle"; readonly look: Look; readonly x: number; readonly y: number; readonly r: number }
  | { readonly is: "path"; readonly look: Look; readonly d: string }
  | { readonly is: "text"; readonly look: Look; readonly x: number; readonly y: number; readonly words: string };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export interface Frame {
  readonly width: number;
  /** The size of letters, from which all else follows. */
  readonly letter: number;
  readonly top: string;
  readonly bottom: string;
  /** Under each day that gets a label; "" for none. */
  readonly label: (day: string) => string;
}

const HEAVIEST = 10;

export function draw({ days, marks }: Strip, frame: Frame): Drawing {
  const { width, letter } = frame;
  const [top, bottom] = [letter * 2, letter * 11];
  const pad = letter * 0.5; // a mark at the very end of the scale keeps off the line
  const column = width / days.length;
  const yOf = (weight: number) => bottom - pad - (weight / HEAVIEST) * (bottom - top - 2 * pad);
  const shapes: Shape[] = [
    line("guide", 0, top, width, top),
    line("guide", 0, bottom, width, bottom),
    text("letters", 0, top - letter * 0.5, frame.top),
    text("letters", 0, bottom + letter * 1.2, frame.bottom),
    ...labels(days, frame, column, bottom),
  ];
  const r = Math.max(2.5, Math.min(letter * 0.32, column * 0.42));
  days.forEach((day, i) => {
    const here = marks.filter((mark) => mark.day === day);
    here.forEach((mark, k) => shapes.push(...drawMark(mark, (i + 0.5) * column + spread(k, here.length, column, r), yOf, r)));
  });
  return { width, height: bottom + letter * 3.2, shapes };
}

/** Several moments of one day stand beside each other, within their day. */
function spread(k: number, among: number, column: number, r: number): number {
  return (k - (among - 1) / 2) * Math.min(2 * r + 1, column / (among + 1));
}

/** Without touching one another: a label that has no room is left out. */
function labels(days: readonly string[], { label, letter }: Frame, column: number, bottom: number): Shape[] {
  const shapes: Shape[] = [];
  let free = 0;
  days.forEach((day, i) => {
    const words = label(day);
    const x = i * column;
    if (words === "") return;
    shapes.push(line("tick", x, bottom, x, bottom + letter * 0.35));
    if (x < free) return;
    shapes.push(text("letters", x, bottom + letter * 2.6, words));
    free = x + (words.length + 1) * letter * 0.6;
  });
  return shapes;
}

function drawMark({ weight, after }: Mark, x: number, yOf: (weight: number) => number, r: number): Shape[] {
  const y = yOf(weight);
  if (after === null) return [circle("dot", x, y, r)];
  if (after === weight) return [circle("ring", x, y, r * 1.3), circle("dot", x, y, r * 0.5)];
  const tip = yOf(after);
  const way = Math.sign(tip - y);
  const neck = tip - way * r * 1.7;
  const shaft = (neck - y) * way > r ? [line("shaft", x, y + way * r, x, neck)] : [];
  return [circle("ring", x, y, r), ...shaft, path("head", `M${n(x)} ${n(tip)}L${n(x - r * 1.2)} ${n(neck)}L${n(x + r * 1.2)} ${n(neck)}Z`)];
}

/** One mark alone, for the key. */
export function drawKey(mark: Omit<Mark, "day">, letter: number): Drawing {
  const size = letter * 1.8;
  const yOf = (weight: number) => size * 0.85 - (weight / HEAVIEST) * size * 0.7;
  return { width: size, height: size, shapes: drawMark({ ...mark, day: "" }, size / 2, yOf, letter * 0.3) };
}

const n = (value: number): number => Math.round(value * 100) / 100;
const line = (look: Look, x1: number, y1: number, x2: number, y2: number): Shape => ({ is: "line", look, x1: n(x1), y1: n(y1), x2: n(x2), y2: n(y2) });
const circle = (look: Look, x: number, y: number, r: number): Shape => ({ is: "circle", look, x: n(x), y: n(y), r: n(r) });
const path = (look: Look, d: string): Shape => ({ is: "path", look, d });
export const text = (look: Look, x: number, y: number, words: string): Shape => ({ is: "text", look, x: n(x), y: n(y), words });
