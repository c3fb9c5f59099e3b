// SPDX-License-Identifier: AGPL-3.0-or-later
// In a gathering: whose turn it is, who is here, what was said, and what one can do now. Only words change as the piece goes
// round: nothing flashes, nothing counts, and the focus stays where one writes.
import { useEffect, useRef } from "preact/hooks";
import { formatTime, t } from "../../i18n";
import { Button, ButtonLink, Fold, Link, Notice, Page } from "../../ui";
import { Agreements } from "../circles/Agreements";
import { useHouse } from "../house-context";
import { ringBell } from "../sit/bell";
import { useScreenAwake } from "../sit/screen-awake";
import { useTask } from "../use-task";
import { Box } from "./Box";
import { backOf, type Here } from "./Gathering";
import { People } from "./People";
import { Said } from "./Said";
import { ThemeWords, hasTheme } from "./Theme";
import { Turn } from "./Turn";
import { useAfter } from "./use-after";
import { Ways } from "./Ways";
import { goesOn, isMe, nameOf, titleOf } from "./words";
import "./gatherings.css";

export function Inside(here: Here) {
  const { gathering, circle } = here;
  const going = goesOn(gathering);
  useScreenAwake();
  useBell(gathering.pausedUntil);
  return (
    <Page title={<bdi>{titleOf(gathering)}</bdi>} back={backOf(gathering.room)}>
      <Offline />
      {!going && <Waiting {...here} />}
      <People {...here} />
      {gathering.few && <Few {...here} />}
      {hasTheme(gathering.words) && (
        <Fold title={t("gatherings.theme")}>
          <div class="stack gathering-folded">
            <ThemeWords words={gathering.words} />
          </div>
        </Fold>
      )}
      {going && <Said {...here} live />}
      {going && <Turn {...here} />}
      {going && <Box {...here} />}
      <Ways {...here} />
      <Fold title={t("gatherings.agreed")}>
        <div class="gathering-folded">
          <Agreements text={circle.words.agreements} />
        </div>
      </Fold>
      <p>
        <Link href="/me/bell">{t("gatherings.settings")}</Link>
      </p>
    </Page>
  );
}

/** A lost connection is said calmly, and only while it is lost. */
function Offline() {
  const { connection } = useHouse();
  const { is } = connection.state.value;
  if (is === "live" || is === "connecting") return null;
  return (
    <Notice actions={is === "waiting" && <Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button>}>{t("gatherings.offline")}</Notice>
  );
}

/** Rings when a pause begins; not for one that went on when one came. */
function useBell(until: number | null): void {
  const { settings } = useHouse();
  const before = useRef(until);
  useEffect(() => {
    if (until !== null && until !== before.current) ringBell(settings.values.peek().bell);
    before.current = until;
  }, [until]);
}

function Waiting({ gathering, circle }: Here) {
  const { gatherings } = useHouse();
  const beginning = useTask();
  const { id, host, start, mayBegin } = gathering;
  const begun = useAfter(start);
  const mine = isMe(circle, host);
  const sayHost = () => {
    if (host === null) return t("gatherings.wait.begin.none");
    return t(mayBegin ? "gatherings.wait.begin.late" : "gatherings.wait.begin", { name: nameOf(circle, host) });
  };
  return (
    <section class="gathering-turn" aria-labelledby="gathering-stage">
      <h2 id="gathering-stage">{t("gatherings.stage.ahead")}</h2>
      {!begun && <p>{t("gatherings.begins", { when: formatTime(start) })}</p>}
      <p role="status">{mine ? t("gatherings.host.me") : sayHost()}</p>
      {beginning.wrong && <Notice tone="wrong">{beginning.wrong}</Notice>}
      {mayBegin && (
        <div class="row">
          <Button look="main" busy={beginning.busy} onClick={() => void beginning.run(() => gatherings.begin(id))}>
            {t("gatherings.begin")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Few({ gathering }: Here) {
  return (
    <Notice title={t("gatherings.few")} actions={<ButtonLink href={`/sit/${gathering.room}`}>{t("gatherings.sit.instead")}</ButtonLink>}>
      {t("gatherings.few.say")}
    </Notice>
  );
}
