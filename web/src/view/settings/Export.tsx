// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything I can read and hear, as one file to keep: Markdown for reading, sound, JSON for machines. It leaves the encryption, and the
// screen says so before it is made.
import { Download } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Card, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { handOver } from "../hand-over";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { exportWords } from "./export-words";

const INSIDE = ["Pages", "Letters", "Talks", "Voices", "Data"] as const;

export function Export() {
  const { exporting } = useHouse();
  const making = useTask();
  const state = exporting.state.value;
  const [done, setDone] = useState(false);
  const make = async () => {
    setDone(false);
    setDone(
      await making.run(async () => {
        const { fileName, bytes } = await exporting.make(await exportWords());
        handOver(fileName, new Blob([bytes], { type: "application/zip" }));
      }),
    );
  };
  return (
    <Page title={t("me.export")} lead={t("export.lead")} back={{ href: "/me" }}>
      <Card look="warm">
        <p>{t("export.open")}</p>
        <p>{t("export.others")}</p>
      </Card>
      <section class="prose" aria-labelledby="export-inside">
        <h2 id="export-inside">{t("export.inside")}</h2>
        <ul>
          {INSIDE.map((part) => (
            <li key={part}>{t(`export.inside${part}`)}</li>
          ))}
        </ul>
      </section>
      {state.is === "working" && <Loading>{t("export.working", { done: state.done, of: state.of })}</Loading>}
      {state.is === "failed" && <Notice tone="wrong">{sayFailure(state.failure)}</Notice>}
      {done && <Notice tone="done">{t("export.done")}</Notice>}
      <Button look="main" icon={Download} wide busy={making.busy} onClick={() => void make()}>
        {t("export.make")}
      </Button>
    </Page>
  );
}
