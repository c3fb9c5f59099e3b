// SPDX-License-Identifier: AGPL-3.0-or-later
// All parts in one place, but for QRCode: its encoder is large, and only screens that draw one load it ("../../ui/QRCode").
// Parts know no word of what beside is for; screens give them that.
export { Button, type ButtonLook } from "./Button";
export { Card } from "./Card";
export { Check } from "./Check";
export { Choice, Choices, type ChoiceOption } from "./Choice";
export { Disc } from "./Disc";
export { Empty } from "./Empty";
export { Field } from "./Field";
export { Fold } from "./Fold";
export { Icon } from "./Icon";
export { ButtonLink, Link, OutsideLink } from "./Link";
export { Loading } from "./Loading";
export { Mark } from "./Mark";
export { Menu, type MenuItem } from "./Menu";
export { Notice, type NoticeTone } from "./Notice";
export { Page } from "./Page";
export { Row, Rows } from "./Row";
export { Select } from "./Select";
export { BesideClose, Sheet } from "./Sheet";
export { TextArea } from "./TextArea";
export { toast } from "./toast";
export { Toasts } from "./Toasts";
export { VisuallyHidden } from "./VisuallyHidden";
