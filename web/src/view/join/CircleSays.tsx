// SPDX-License-Identifier: AGPL-3.0-or-later
// What a circle says of itself to who stands at its door: what it is for, and what is agreed there.
import { t } from "../../i18n";
import type { CircleWords } from "../../model/face";
import { Card } from "../../ui";
import { Agreements } from "../circles/Agreements";
import { Words } from "../talk/Words";

export function CircleSays({ words }: { words: CircleWords }) {
  return (
    <>
      {words.purpose && (
        <Card title={t("join.circle.purpose")} look="sunken">
          <Words>{words.purpose}</Words>
        </Card>
      )}
      {words.agreements && (
        <Card title={t("join.circle.agreed")}>
          <Agreements text={words.agreements} />
        </Card>
      )}
    </>
  );
}
