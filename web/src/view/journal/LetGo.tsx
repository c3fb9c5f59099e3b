// SPDX-License-Identifier: AGPL-3.0-or-later
// Letting a thing go for good: what is erased, what backups may still hold, and what stays with others is said before.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Id, SharedWith } from "../../model/face";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useNames } from "./use-names";

export interface LetGoProps {
  id: Id;
  shared: readonly Pick<SharedWith, "room">[];
  /** Check-ins are taken back by their own noun. */
  run?: () => Promise<unknown>;
}

export function LetGo({ id, shared, run }: LetGoProps) {
  const { journal } = useHouse();
  const [, go] = useLocation();
  const names = useNames();
  const [asking, setAsking] = useState(false);
  const rooms = [...new Set(shared.map(({ room }) => room))];
  const letGo = async () => {
    await (run ? run() : journal.letGo(id));
    go("/journal", { replace: true });
  };
  return (
    <div class="row">
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("journal.letgo")}
      </Button>
      {asking && (
        <Confirm title={t("journal.letgo.ask")} yes={t("journal.letgo.yes")} run={letGo} done={t("journal.letgo.done")} onClose={() => setAsking(false)}>
          <p>{t("journal.letgo.what")}</p>
          <p>{t("journal.letgo.backups")}</p>
          {rooms.length > 0 && <p>{t("journal.letgo.shared", { names: names(rooms) })}</p>}
        </Confirm>
      )}
    </div>
  );
}
