// SPDX-License-Identifier: AGPL-3.0-or-later
// One question before something that cannot be brought back: what will happen, a way out first, and the deed.
import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { Button, Notice, Sheet, toast } from "../../ui";
import { useTask } from "../use-task";

export interface ConfirmProps {
  title: string;
  children: ComponentChildren;
  yes: string;
  run: () => Promise<unknown>;
  /** Said when it is done. */
  done?: string;
  onClose: () => void;
}

export function Confirm({ title, children, yes, run, done, onClose }: ConfirmProps) {
  const task = useTask();
  const go = async () => {
    if (!(await task.run(run))) return;
    onClose();
    if (done) toast(done);
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="danger" busy={task.busy} onClick={() => void go()}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
    </Sheet>
  );
}
