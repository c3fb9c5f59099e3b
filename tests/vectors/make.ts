// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes tests/vectors/vectors.json anew: only after a deliberate change of a format, which then wants a new version byte.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeVectors } from "./vectors";

declare const __TOP__: string;

writeFileSync(join(__TOP__, "tests/vectors/vectors.json"), `${JSON.stringify(await makeVectors(), null, 1)}\n`);
