// SPDX-License-Identifier: AGPL-3.0-or-later
// Where one asked or knocked, each with what is going on and the one next step. A no comes with words and a way on.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { MyRequest } from "../../model/face";
import { Button, Card, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { AcceptAgreements } from "../join/AcceptAgreements";
import { Confirm } from "../talk/Confirm";
import { sayWhen, useNow } from "../talk/when";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";

export function MyRequests() {
  const requests = useHouse().circles.requests.value;
  if (requests.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="my-requests">
      <h2 id="my-requests">{t("circles.requests.title")}</h2>
      {requests.map((request) => (
        <Request key={request.room} request={request} />
      ))}
    </section>
  );
}

function Request({ request }: { request: MyRequest }) {
  const now = useNow();
  const { name, state, answer, at } = request;
  return (
    <Card title={<bdi>{name || t("circles.nameless")}</bdi>} look={state === "welcomed" ? "warm" : "plain"}>
      <p>{t(`circles.request.${state}`, { when: sayWhen(at, now) })}</p>
      {answer && (
        <div class="stack stack-s">
          <p class="soft small">{t("circles.request.answer")}</p>
          <Words>{answer}</Words>
        </div>
      )}
      {state === "declined" && <p>{t("circles.request.declined.next")}</p>}
      {state === "welcomed" && <Welcomed request={request} />}
      <Withdraw request={request} />
    </Card>
  );
}

function Welcomed({ request: { room, words } }: { request: MyRequest }) {
  const { circles } = useHouse();
  const [, go] = useLocation();
  const accepting = useTask();
  if (words === null) return null;
  const accept = () =>
    void accepting.run(async () => {
      await circles.accept(room);
      go(`/circles/${room}`);
    });
  return <AcceptAgreements words={words} go={t("join.circle.in")} doing={accepting} onAccept={accept} />;
}

function Withdraw({ request: { room, state } }: { request: MyRequest }) {
  const { circles } = useHouse();
  const [asking, setAsking] = useState(false);
  const away = useTask();
  if (state === "declined") {
    return (
      <div class="row">
        <Button busy={away.busy} onClick={() => void away.run(() => circles.withdraw(room))}>
          {t("circles.request.away")}
        </Button>
        {away.wrong && <Notice tone="wrong">{away.wrong}</Notice>}
      </div>
    );
  }
  return (
    <div class="row">
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("circles.request.back")}
      </Button>
      {asking && (
        <Confirm
          title={t("circles.request.back.ask")}
          yes={t("circles.request.back")}
          run={() => circles.withdraw(room)}
          done={t("circles.request.backed")}
          onClose={() => setAsking(false)}
        >
          <p>{t("circles.request.back.say")}</p>
        </Confirm>
      )}
    </div>
  );
}
