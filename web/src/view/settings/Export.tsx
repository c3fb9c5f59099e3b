// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything I can read, as one file to keep: Markdown for reading, JSON for machines. It leaves the encryption, and the
// screen says so before it is made.
import { Download } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Card, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { exportWords } from "./export-words";

export function Export() {
  const { exporting } = useHouse();
  const making = useTask();
  const state = exporting.state.value;
  const make = () => making.run(async () => handOver(await exporting.make(exportWords)));
  return (
    <Page title={t("me.export")} lead={t("export.lead")} back={{ href: "/me" }}>
      <Card look="warm">
        <p>{t("export.open")}</p>
        <p>{t("export.others")}</p>
      </Card>
      {state.is === "working" && <Loading>{t("export.working", { done: state.done, of: state.of })}</Loading>}
      {state.is === "failed" && <Notice tone="wrong">{sayFailure(state.failure)}</Notice>}
      <Button look="main" icon={Download} wide busy={making.busy} onClick={() => void make()}>
        {t("export.make")}
      </Button>
    </Page>
  );
}

function handOver({ fileName, bytes }: { fileName: string; bytes: Uint8Array }): void {
  const address = URL.createObjectURL(new Blob([bytes.slice()], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the blob after the click returns; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
