// SPDX-License-Identifier: AGPL-3.0-or-later
// The journal's screens as one piece: who opens one of them soon opens another.
export { EditPage } from "./EditPage";
export { Guided } from "./Guided";
export { Journal } from "./Journal";
export { NewPage } from "./NewPage";
export { ReadPage } from "./ReadPage";
export { SharePage } from "./SharePage";
