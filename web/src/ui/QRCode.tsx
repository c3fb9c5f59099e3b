// SPDX-License-Identifier: AGPL-3.0-or-later
// A QR code as one SVG path: dark on white in every theme, because cameras want it so, with the four quiet modules around.
import { useMemo } from "preact/hooks";
import qrcode from "qrcode-generator";

export interface QRCodeProps {
  text: string;
  /** What it is, for those who cannot see it; the same words must be on the page as text or link too. */
  label: string;
}

const QUIET = 4;

export function QRCode({ text, label }: QRCodeProps) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect class="qr-code-ground" width={size} height={size} />
      <path class="qr-code-ink" d={path} />
    </svg>
  );
}

function draw(text: string): { path: string; size: number } {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return { path, size: count + 2 * QUIET };
}
