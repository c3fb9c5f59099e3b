// SPDX-License-Identifier: AGPL-3.0-or-later
// The plain question before a letter is let go: what is erased, where, and when.
import { formatList, t } from "../../i18n";
import type { Letter } from "../../model/face";
import { Button, Notice, Sheet } from "../../ui";
import { useHouse } from "../house-context";
import { nameOf } from "./words";

export interface LetGoProps {
  letter: Letter;
  busy: boolean;
  wrong: string | null;
  onYes: () => void;
  onClose: () => void;
}

export function LetGo({ letter, busy, wrong, onYes, onClose }: LetGoProps) {
  const house = useHouse();
  const names = [...new Set(letter.shared.map(({ room }) => nameOf(house, room)))];
  const live = house.connection.state.value.is === "live";
  return (
    <Sheet
      title={t("letters.letgo.ask")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("letters.letgo.keep")}</Button>
          <Button look="danger" busy={busy} onClick={onYes}>
            {t("letters.letgo.yes")}
          </Button>
        </>
      }
    >
      <p>{t("letters.letgo.say")}</p>
      {!live && <p>{t("letters.letgo.offline")}</p>}
      <p>{t("letters.letgo.backups")}</p>
      {names.length > 0 && <p>{t("letters.letgo.shared", { names: formatList(names) })}</p>}
      <p>{t("letters.letgo.never")}</p>
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
    </Sheet>
  );
}
