// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the screens under view/talk.
export const talk = {
	title: "Talk",
} as const;
