// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the parts that every screen shares.
export const ui = {
  back: "Back",
  close: "Close",
  undo: "Undo",
  cancel: "Cancel",
  save: "Save",
  loading: "Loading…",
  showLetters: "Show the letters",
  today: "Today",
  yesterday: "Yesterday",
  tomorrow: "Tomorrow",
  dayAndTime: "{day}, {time}",
  tryAgain: "Try again",
  copy: "Copy",
  copied: "Copied",
} as const;
