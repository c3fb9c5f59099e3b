// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the screens under view/today.
export const today = {
	title: "Today",
} as const;
