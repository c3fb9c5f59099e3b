// SPDX-License-Identifier: AGPL-3.0-or-later
// The screens under "Me" as one piece: they are small, and whoever opens one soon opens another.
export { NewCard } from "../card/NewCard";
export { Blocks } from "../safety/Blocks";
export { Bell } from "./Bell";
export { Calendar } from "./Calendar";
export { DeleteAccount } from "./DeleteAccount";
export { Export } from "./Export";
export { Lock } from "./Lock";
export { Look } from "./Look";
export { Me } from "./Me";
export { Name } from "./Name";
export { Passphrase } from "./Passphrase";
export { Quiet } from "./Quiet";
export { Sessions } from "./Sessions";
export { Support } from "./Support";
