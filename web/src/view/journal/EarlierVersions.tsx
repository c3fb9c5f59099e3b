// SPDX-License-Identifier: AGPL-3.0-or-later
// The versions before the newest: folded, each to be looked at or let go, or all of them at once.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Id, PageWords, Version, Whole } from "../../model/face";
import { Button } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { sayWhen, useNow } from "../talk/when";
import { PageAsWritten } from "./PageAsWritten";

export function EarlierVersions({ whole }: { whole: Whole<PageWords> }) {
  const { journal } = useHouse();
  const [letting, setLetting] = useState<"all" | Id | null>(null);
  const newest = new Set(whole.newest.map(({ id }) => id));
  const earlier = whole.versions.filter(({ id }) => !newest.has(id)).reverse();
  if (earlier.length === 0) return null;
  const kind = letting === "all" ? "versions.all" : "versions.letgo";
  return (
    <>
      <details class="fold">
        <summary>
          <span class="fold-title">{t("journal.versions.title")}</span>
          <span class="fold-said soft small">{t("journal.versions.say")}</span>
        </summary>
        <ul class="versions" role="list">
          {earlier.map((version) => (
            <Earlier key={version.id} version={version} onLetGo={() => setLetting(version.id)} />
          ))}
        </ul>
        {earlier.length > 1 && (
          <Button look="plain" onClick={() => setLetting("all")}>
            {t("journal.versions.all")}
          </Button>
        )}
      </details>
      {letting !== null && (
        <Confirm
          title={t(`journal.${kind}.ask`)}
          yes={t(`journal.${kind}.yes`)}
          run={() => journal.letGoVersions(whole.id, letting === "all" ? earlier.map(({ id }) => id) : [letting])}
          done={t("journal.versions.done")}
          onClose={() => setLetting(null)}
        >
          <p>{t(`journal.${kind}.say`)}</p>
        </Confirm>
      )}
    </>
  );
}

function Earlier({ version, onLetGo }: { version: Version<PageWords>; onLetGo: () => void }) {
  const now = useNow();
  const [open, setOpen] = useState(false);
  return (
    <li class="version">
      <h3>{t("journal.versions.when", { when: sayWhen(version.at, now) })}</h3>
      <div class="row">
        <Button look="plain" expanded={open} onClick={() => setOpen(!open)}>
          {t("journal.versions.look")}
        </Button>
        <Button look="plain" onClick={onLetGo}>
          {t("journal.versions.letgo")}
        </Button>
      </div>
      {open && <PageAsWritten words={version.words} />}
    </li>
  );
}
