// SPDX-License-Identifier: AGPL-3.0-or-later
// True while someone walks through arriving. The account is open from its middle on, but the recovery card must be seen
// before anything else takes the screen.
import { signal } from "@preact/signals";

export const arriving = signal(false);
