// SPDX-License-Identifier: AGPL-3.0-or-later
// Where keys live in a browser: the entry point of the crypto worker's own bundle. Not imported by anything.

import { createKeyring } from "./keyring";
import { serveCrypto, type ServedLine } from "./serve";

serveCrypto(globalThis as unknown as ServedLine, createKeyring());
