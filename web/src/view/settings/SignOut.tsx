// SPDX-License-Identifier: AGPL-3.0-or-later
// Out of this browser, with everything it holds erased. If words have not reached the house yet, that is said first.
import { useState } from "preact/hooks";
import { LogOut } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Notice, Sheet, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function SignOut() {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button icon={LogOut} onClick={() => setOpen(true)}>
        {t("signOut.button")}
      </Button>
      {open && <SignOutSheet onClose={() => setOpen(false)} />}
    </div>
  );
}

function SignOutSheet({ onClose }: { onClose: () => void }) {
  const house = useHouse();
  const leaving = useTask();
  const leave = () =>
    leaving.run(async () => {
      const { heard } = await house.session.signOutAndWipe();
      if (!heard) toast(t("signOut.notHeard"));
    });
  return (
    <Sheet
      title={t("signOut.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" busy={leaving.busy} onClick={() => void leave()}>
            {t("signOut.go")}
          </Button>
        </>
      }
    >
      <p>{t("signOut.what")}</p>
      <p>{t("signOut.back")}</p>
      {house.connection.unsent.value && <Notice tone="warm">{t("signOut.unsent")}</Notice>}
      {leaving.wrong && <Notice tone="wrong">{leaving.wrong}</Notice>}
    </Sheet>
  );
}
