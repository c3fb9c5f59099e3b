// SPDX-License-Identifier: AGPL-3.0-or-later
// What a gathering is about; and the kind word when few have come.
import { t } from "../../i18n";
import type { Gathering } from "../../model/face";
import { ButtonLink, Card, Notice } from "../../ui";
import { Words } from "../talk/Words";

export function About({ gathering: { words } }: { gathering: Gathering }) {
  if (words.text === "" && words.question === "") return null;
  return (
    <Card look="sunken" {...(words.question && { title: words.question })}>
      {words.text && <Words>{words.text}</Words>}
    </Card>
  );
}

/** Too few for rounds: said kindly, with something else to do together. */
export function Few({ gathering: { few, room } }: { gathering: Gathering }) {
  if (!few) return null;
  return (
    <Notice title={t("gatherings.few")}>
      <p>{t("gatherings.few.say")}</p>
      <ButtonLink href={`/sit/${room}`}>{t("sit.title")}</ButtonLink>
    </Notice>
  );
}
