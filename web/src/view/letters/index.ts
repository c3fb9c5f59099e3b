// SPDX-License-Identifier: AGPL-3.0-or-later
// The screens of letters: one part of the program, loaded when the first of them is opened.
export { Letter } from "./Letter";
export { LetterEdit } from "./LetterEdit";
export { LetterNew } from "./LetterNew";
export { Letters } from "./Letters";
export { SendLetter } from "./SendLetter";
