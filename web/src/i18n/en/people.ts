// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the screens under view/people.
export const people = {
	title: "People",
} as const;
