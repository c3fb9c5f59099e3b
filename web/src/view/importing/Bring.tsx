// SPDX-License-Identifier: AGPL-3.0-or-later
// Bringing pages from another journal: choose files, look at what is in them, keep what one wants. Three screens in one place,
// for what was chosen stays only as long as one is here.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { ModelFailure, type ImportPreview, type PickedFile } from "../../model/face";
import { Button, ButtonLink, Empty, Loading, Notice, Page } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { Choose } from "./Choose";
import { Preview } from "./Preview";

type Step = { readonly is: "choose" } | { readonly is: "preview"; readonly preview: ImportPreview } | { readonly is: "done" };

export function Bring() {
  const { importing } = useHouse();
  const [step, setStep] = useState<Step>({ is: "choose" });
  const task = useTask();
  const state = importing.state.value;
  const read = (files: readonly PickedFile[]) =>
    void task.run(async () => {
      const preview = await importing.read(files);
      setStep({ is: "preview", preview });
    });
  const keep = (preview: ImportPreview) =>
    void task.run(async () => {
      await importing.keep(preview);
      setStep({ is: "done" });
    });
  const again = () => {
    task.forget();
    setStep({ is: "choose" });
  };
  return (
    <Page title={t("importing.title")} {...(step.is === "choose" ? { lead: t("importing.lead") } : {})} back={{ href: "/journal", label: t("journal.back") }}>
      {task.failure && <Notice tone="wrong">{sayWhy(task.failure)}</Notice>}
      {/* Begun here before, and still at it. */}
      {state.is === "working" && !task.busy && <Loading>{t("importing.busy.elsewhere", state)}</Loading>}
      {step.is === "choose" && <Choose busy={task.busy || state.is === "working"} onFiles={read} />}
      {step.is === "choose" && task.busy && <Loading>{state.is === "working" && state.of > 1 ? t("importing.reading.of", state) : t("importing.reading")}</Loading>}
      {step.is === "preview" && <Preview preview={step.preview} busy={task.busy} onKeep={keep} onOther={again} />}
      {step.is === "done" && (
        <Empty
          title={t("importing.done.title")}
          action={
            <div class="row">
              <ButtonLink look="main" href="/journal">
                {t("importing.done.journal")}
              </ButtonLink>
              <Button onClick={again}>{t("importing.done.more")}</Button>
            </div>
          }
        >
          <p role="status">{t("importing.done.say")}</p>
          <p>{t("importing.done.going")}</p>
        </Empty>
      )}
    </Page>
  );
}

const REASONS = ["not-text", "no-date", "broken", "too-long", "left-out"] as const;

function sayWhy(failure: ModelFailure): string {
  if (failure.code !== "bad-file") return sayFailure(failure);
  const reason = REASONS.find((one) => one === failure.detail);
  return t(`importing.bad.${reason ?? "none"}`);
}
