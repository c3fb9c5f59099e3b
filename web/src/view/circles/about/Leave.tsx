// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaving: one question, with room for a word of goodbye that nobody owes, and it is done.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../../i18n";
import type { Circle } from "../../../model/face";
import { Button, Card, Notice, Sheet, TextArea, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { useDraftText } from "../../talk/use-draft-text";
import { useTask } from "../../use-task";
import { circleName } from "../CircleRows";

export function Leave({ circle }: { circle: Circle }) {
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t("circles.leave.title")} look="sunken">
      <p>{t("circles.leave.say")}</p>
      <div class="row">
        <Button onClick={() => setAsking(true)}>{t("circles.leave.do")}</Button>
      </div>
      {asking && <Leaving circle={circle} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Leaving({ circle, onClose }: { circle: Circle; onClose: () => void }) {
  const { circles } = useHouse();
  const [, go] = useLocation();
  const { room } = circle;
  const words = useDraftText(`goodbye:${room}`);
  const leaving = useTask();
  const last = circle.members.length === 1;
  const leave = async () => {
    if (!(await leaving.run(() => circles.leave(room, words.text.trim())))) return;
    words.clear();
    toast(t("circles.leave.done"));
    go("/circles", { replace: true });
  };
  const wrong = leaving.failure?.code === "offline" ? t("circles.leave.failed") : leaving.wrong;
  return (
    <Sheet
      title={t("circles.leave.ask", { name: circleName(circle) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="danger" busy={leaving.busy} onClick={() => void leave()}>
            {t("circles.leave.yes")}
          </Button>
        </>
      }
    >
      <p>{t(last ? "circles.leave.what.last" : "circles.leave.what")}</p>
      {!last && <TextArea label={t("circles.leave.words")} value={words.text} onInput={words.write} rows={3} maxLength={4000} />}
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
    </Sheet>
  );
}
