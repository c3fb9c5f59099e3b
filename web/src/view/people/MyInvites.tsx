// SPDX-License-Identifier: AGPL-3.0-or-later
// Links I gave out that can still be opened, each with a way to show it again and to end it. What is over stays folded.
import { useState } from "preact/hooks";
import { Link2, Link2Off } from "lucide-preact";
import { t } from "../../i18n";
import type { MyInvite } from "../../model/face";
import { Button, Fold, Icon, Notice, Row, Rows, Sheet } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { sayClock, sayWhen, useNow } from "../talk/when";
import { InviteLink } from "./InviteLink";

export function MyInvites() {
  const { invites } = useHouse();
  const state = invites.state.value;
  const mine = invites.mine.value.filter(({ kind }) => kind === "bond");
  const open = mine.filter(({ state }) => state === "open");
  const over = mine.filter(({ state }) => state !== "open");
  if (mine.length === 0 && state.is !== "failed") return null;
  return (
    <section class="stack" aria-labelledby="my-invites">
      <h2 id="my-invites">{t("people.open.title")}</h2>
      {state.is === "failed" && (
        <Notice tone="wrong" actions={<Button onClick={() => void invites.refresh().catch(() => undefined)}>{t("ui.tryAgain")}</Button>}>
          {t("people.open.failed")} {sayFailure(state.failure)}
        </Notice>
      )}
      {open.length > 0 && (
        <ul class="my-invites" role="list">
          {open.map((invite) => (
            <OpenInvite key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      {over.length > 0 && <PastInvites over={over} />}
    </section>
  );
}

const sayFor = ({ forWhom }: MyInvite): string => (forWhom ? t("people.open.for", { name: forWhom }) : t("people.open.nobody"));

export function OpenInvite({ invite }: { invite: MyInvite }) {
  const { invites } = useHouse();
  const now = useNow();
  const [sheet, setSheet] = useState<"link" | "end" | null>(null);
  const close = () => setSheet(null);
  const until = sayClock(invite.expires, now);
  return (
    <li class="my-invite">
      <div class="my-invite-words">
        <p class="my-invite-for">{sayFor(invite)}</p>
        <p class="soft small">{t("people.open.until", { when: until })}</p>
        {!invite.link && <p class="soft small">{t("people.open.elsewhere")}</p>}
      </div>
      <div class="row">
        {invite.link && (
          <Button icon={Link2} onClick={() => setSheet("link")}>
            {t("people.open.show")}
          </Button>
        )}
        <Button look="plain" onClick={() => setSheet("end")}>
          {t("people.open.revoke")}
        </Button>
      </div>
      {sheet === "link" && invite.link && (
        <Sheet title={sayFor(invite)} onClose={close}>
          <InviteLink link={invite.link} until={until} />
        </Sheet>
      )}
      {sheet === "end" && (
        <Confirm
          title={t("people.open.revoke.ask")}
          yes={t("people.open.revoke.yes")}
          run={() => invites.end(invite.id)}
          done={t("people.open.revoked")}
          onClose={close}
        >
          <p>{t("people.open.revoke.say")}</p>
        </Confirm>
      )}
    </li>
  );
}

function PastInvites({ over }: { over: readonly MyInvite[] }) {
  const now = useNow();
  const sayOver = ({ state, expires }: MyInvite): string => {
    if (state === "used") return t("people.open.used");
    return state === "ended" ? t("people.open.ended") : t("people.open.expired", { when: sayWhen(expires, now) });
  };
  return (
    <Fold title={t("people.open.past")}>
      <Rows>
        {over.map((invite) => (
          <Row key={invite.id} start={<Icon of={Link2Off} />} title={<bdi>{sayFor(invite)}</bdi>} detail={sayOver(invite)} />
        ))}
      </Rows>
    </Fold>
  );
}
