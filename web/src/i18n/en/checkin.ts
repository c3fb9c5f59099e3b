// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the screens under view/checkin.
export const checkin = {
	title: "Check in",
} as const;
