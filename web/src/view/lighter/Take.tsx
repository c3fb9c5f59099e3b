// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture and the table as files. They are made here, in the colours that are on the screen.
import { useState } from "preact/hooks";
import { Image, PenTool, Table as TableIcon } from "lucide-preact";
import { t } from "../../i18n";
import type { Kept } from "../../model/face";
import { Button, Card, Notice } from "../../ui";
import { handOver } from "../hand-over";
import { toCsv, toPng, toSvg, type Colours } from "./files";
import type { Part, Span } from "./strips";
import { sheetOf, tableOf } from "./words";

/** A sheet of paper, whatever the screen is. */
const SHEET = { width: 840, letter: 15 };

export function Take({ span, parts, kept }: { span: Span; parts: readonly Part[]; kept: readonly Kept[] }) {
  const [failed, setFailed] = useState(false);
  const sheet = () => toSvg(sheetOf(span, parts, SHEET), SHEET.letter, colours());
  const svg = () => handOver("picture.svg", new Blob([sheet().svg], { type: "image/svg+xml" }));
  const csv = () => handOver("table.csv", new Blob([toCsv(tableOf(kept))], { type: "text/csv;charset=utf-8" }));
  const png = () => {
    setFailed(false);
    toPng(sheet()).then((picture) => handOver("picture.png", picture), () => setFailed(true));
  };
  return (
    <Card title={t("lighter.take")} look="sunken">
      <p>{t("lighter.take.say")}</p>
      <div class="row">
        <Button icon={Image} onClick={png}>
          {t("lighter.take.png")}
        </Button>
        <Button icon={PenTool} onClick={svg}>
          {t("lighter.take.svg")}
        </Button>
        <Button icon={TableIcon} onClick={csv}>
          {t("lighter.take.csv")}
        </Button>
      </div>
      {failed && <Notice tone="wrong">{t("lighter.take.failed")}</Notice>}
    </Card>
  );
}

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return { paper: token("--surface"), ink: token("--ink"), soft: token("--ink-soft"), line: token("--edge"), mark: token("--accent-ink") };
}
