// SPDX-License-Identifier: AGPL-3.0-or-later
// What one is called in this circle: a name of its own, which may be another than elsewhere.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Circle } from "../../../model/face";
import { Button, Card, Field, Notice, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { useTask } from "../../use-task";

export function MyName({ circle: { room, members } }: { circle: Circle }) {
  const { circles } = useHouse();
  const [name, setName] = useState(members.find(({ me }) => me)?.name ?? "");
  const [asked, setAsked] = useState(false);
  const saving = useTask();
  const nameless = name.trim() === "";
  const save = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (nameless) return;
    if (await saving.run(() => circles.setMyName(room, name.trim()))) toast(t("circles.name.saved", { name: name.trim() }));
  };
  return (
    <Card title={t("circles.name.title")}>
      <form class="stack" onSubmit={(event) => void save(event)} noValidate>
        <Field
          label={t("circles.my-name")}
          hint={t("circles.my-name.hint")}
          value={name}
          onInput={setName}
          maxLength={60}
          error={asked && nameless ? t("circles.my-name.missing") : null}
        />
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <div class="row">
          <Button type="submit" busy={saving.busy}>
            {t("circles.name.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
