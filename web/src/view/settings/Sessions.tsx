// SPDX-License-Identifier: AGPL-3.0-or-later
// Where I am signed in: each browser by the name it gave itself (sealed), with a way to end it.
import { useEffect } from "preact/hooks";
import { MonitorSmartphone } from "lucide-preact";
import { formatDate, t } from "../../i18n";
import type { SessionInfo } from "../../model/face";
import { Button, Icon, Loading, Notice, Page, Row, Rows, toast } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function Sessions() {
  const house = useHouse();
  useEffect(() => void house.session.refreshSessions().catch(() => undefined), [house]);
  const state = house.session.sessionsState.value;
  const sessions = house.session.sessions.value;
  return (
    <Page title={t("me.sessions")} lead={t("settings.sessionsLead")} back={{ href: "/me" }}>
      {state.is === "failed" && <Notice tone="wrong">{sayFailure(state.failure)}</Notice>}
      {state.is === "loading" && sessions.length === 0 && <Loading />}
      {sessions.length > 0 && (
        <Rows label={t("me.sessions")}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </Rows>
      )}
      <p class="soft small">{t("settings.sessionsDay")}</p>
    </Page>
  );
}

function SessionRow({ session }: { session: SessionInfo }) {
  const house = useHouse();
  const ending = useTask();
  const name = session.label ?? t("settings.sessionNoName");
  const end = async () => {
    if (await ending.run(() => house.session.endSession(session.id))) toast(t("settings.sessionEnded", { name }));
  };
  const seen = t("settings.sessionSeen", { day: formatDate(Date.parse(`${session.seenDay}T12:00:00`)) });
  return (
    <Row
      start={<Icon of={MonitorSmartphone} />}
      title={name}
      detail={ending.wrong ?? (session.current ? t("settings.sessionHere") : seen)}
      end={
        !session.current && (
          <Button busy={ending.busy} onClick={() => void end()}>
            {t("settings.sessionEnd")}
          </Button>
        )
      }
    />
  );
}
