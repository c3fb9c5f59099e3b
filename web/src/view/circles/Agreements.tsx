// SPDX-License-Identifier: AGPL-3.0-or-later
// What a circle agrees on, one line each, to be read. The same at the door, in the circle, and at a gathering.
import { agreementLines } from "./default-agreements";

export function Agreements({ text }: { text: string }) {
  return (
    <ul class="agreements" role="list">
      {agreementLines(text).map((line) => (
        <li key={line}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  );
}
