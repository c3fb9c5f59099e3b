// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture and the table as files of their own, made on this device: an SVG that needs no font and no style from elsewhere, a
// PNG of the same, a CSV that any table program reads. Names of files tell nothing.
import type { Drawing, Look, Shape } from "./drawing";

export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly mark: string;
}

/** The browsers' own limit of a picture's side, with room to spare. */
const LONGEST_SIDE = 12_000;

/** A row of the sheet: a strip under its title, a line of words, or a mark with what it means. */
export type SheetPart =
  | { readonly is: "strip"; readonly words: string; readonly drawing: Drawing }
  | { readonly is: "words"; readonly words: string }
  | { readonly is: "key"; readonly words: string; readonly drawing: Drawing };

/** The parts one under another. */
export function toSvg(parts: readonly SheetPart[], letter: number, colours: Colours): { svg: string; width: number; height: number } {
  const margin = letter * 2;
  const inside: string[] = [];
  let width = 20 * letter;
  let y = margin;
  const say = (look: Look, x: number, words: string) => inside.push(element({ is: "text", look, x: round(x), y: round(y + letter), words }, letter, colours));
  const put = ({ shapes }: Drawing, top: number) => inside.push(`<g transform="translate(${margin} ${round(top)})">${shapes.map((shape) => element(shape, letter, colours)).join("")}</g>`);
  for (const part of parts) {
    if (part.is === "strip") {
      say("title", margin, part.words);
      put(part.drawing, y + letter);
      width = Math.max(width, part.drawing.width);
      y += part.drawing.height + letter * 1.5;
    } else if (part.is === "key") {
      say("letters", margin + part.drawing.width + letter * 0.5, part.words);
      put(part.drawing, y - letter * 0.25);
      y += letter * 1.8;
    } else {
      say("letters", margin, part.words);
      y += letter * 2.5;
    }
  }
  width += 2 * margin;
  const height = Math.ceil(y + margin);
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`;
  return { svg: `${open}<rect width="100%" height="100%" fill="${escape(colours.paper)}"/>${inside.join("")}</svg>\n`, width, height };
}

function element(shape: Shape, letter: number, colours: Colours): string {
  const look = looks(shape.look, letter, colours);
  if (shape.is === "line") return `<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}" ${look}/>`;
  if (shape.is === "circle") return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.r}" ${look}/>`;
  if (shape.is === "path") return `<path d="${shape.d}" ${look}/>`;
  return `<text x="${shape.x}" y="${shape.y}" ${look}>${escape(shape.words)}</text>`;
}

function looks(look: Look, letter: number, { paper, ink, soft, line, mark }: Colours): string {
  const strokes: Partial<Record<Look, string>> = {
    guide: `stroke="${escape(line)}" stroke-width="1.5"`,
    tick: `stroke="${escape(soft)}" stroke-width="1"`,
    dot: `fill="${escape(mark)}"`,
    ring: `fill="${escape(paper)}" stroke="${escape(mark)}" stroke-width="1.8"`,
    shaft: `stroke="${escape(mark)}" stroke-width="1.8"`,
    head: `fill="${escape(mark)}"`,
    title: `fill="${escape(ink)}" font-size="${round(letter * 1.2)}" font-weight="600"`,
  };
  return strokes[look] ?? `fill="${escape(soft)}" font-size="${letter}"`;
}

/** Twice as fine as the screen, unless it would be too long for a browser to draw. */
export async function toPng({ svg, width, height }: { svg: string; width: number; height: number }): Promise<Blob> {
  const scale = Math.min(2, LONGEST_SIDE / Math.max(width, height));
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** RFC 4180, with a mark that tells table programs that it is UTF-8. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A word that begins like a formula would be run by a table program: an apostrophe before it keeps it a word. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function escape(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, "").replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
