// SPDX-License-Identifier: AGPL-3.0-or-later
// A page in the pieces that can be given one by one: its lines, or its sentences when it is all one line. What is left out
// leaves no mark: how much there is besides is nobody's business.

export interface Piece {
  readonly text: string;
  /** What stands between it and the piece before. */
  readonly gap: "\n" | "\n\n" | " ";
}

export function piecesOf(text: string): Piece[] {
  const lines = toLines(text);
  return lines.length === 1 ? toSentences(lines[0]?.text ?? "") : lines;
}

function toLines(text: string): Piece[] {
  const pieces: Piece[] = [];
  let blank = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === "") {
      blank = true;
      continue;
    }
    pieces.push({ text: line.trimEnd(), gap: blank ? "\n\n" : "\n" });
    blank = false;
  }
  return pieces;
}

function toSentences(line: string): Piece[] {
  return splitSentences(line)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .map((sentence) => ({ text: sentence, gap: " " }));
}

/** The browser knows where sentences end in many languages; an older one is content with full stops. */
function splitSentences(line: string): string[] {
  if (typeof Intl.Segmenter !== "function") return line.split(/(?<=[.!?…。！？])\s+/);
  return [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(line)].map(({ segment }) => segment);
}

/** The chosen pieces, in their order, as they will be read. */
export function chosenText(pieces: readonly Piece[], chosen: ReadonlySet<number>): string {
  let text = "";
  let before = -1;
  pieces.forEach((piece, place) => {
    if (!chosen.has(place)) return;
    if (text !== "") text += before === place - 1 ? piece.gap : "\n\n";
    text += piece.text;
    before = place;
  });
  return text;
}
