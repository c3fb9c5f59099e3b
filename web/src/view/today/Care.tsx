// SPDX-License-Identifier: AGPL-3.0-or-later
// What this device offers by itself, under the check-in: at most one quiet card, closed with one press. Nobody else knows of it.
import { Handshake, Heart, LifeBuoy, Mail, NotebookPen, UsersRound } from "lucide-preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Card } from "../../ui";
import { sayFeeling } from "../checkin/words";
import { useHouse } from "../house-context";

export function Care() {
  const { today } = useHouse();
  const care = today.care.value;
  if (care === null) return null;
  if (care.kind === "support") return <MoreSupport />;
  return care.kind === "other-way" ? <OtherWay feeling={care.feeling} /> : <OtherSide side={care.kind} />;
}

function MoreSupport() {
  const { today, people } = useHouse();
  const anyone = people.bonds.value.some(({ state }) => state === "alive");
  return (
    <Card look="sunken">
      <div class="stack stack-s">
        <h2 class="kind-words">{t("today.care.support")}</h2>
        <p class="soft">{t("today.care.support.why")}</p>
      </div>
      <div class="row">
        {anyone ? (
          <ButtonLink icon={Handshake} href="/ask">
            {t("today.care.ask")}
          </ButtonLink>
        ) : (
          <ButtonLink icon={UsersRound} href="/invite/new">
            {t("today.kind.invite.do")}
          </ButtonLink>
        )}
        <ButtonLink icon={LifeBuoy} href="/help">
          {t("today.care.help")}
        </ButtonLink>
        <Button look="plain" onClick={() => today.closeCare()}>
          {t("today.kind.notnow")}
        </Button>
      </div>
    </Card>
  );
}

function OtherWay({ feeling }: { feeling: string }) {
  const { today } = useHouse();
  return (
    <Card look="sunken">
      <div class="stack stack-s">
        <h2 class="kind-words">{t("today.care.other", { feeling: sayFeeling(feeling) })}</h2>
        <p class="soft">{t("today.care.other.why")}</p>
      </div>
      <div class="row">
        <ButtonLink icon={Mail} href="/letters/new">
          {t("today.care.letter")}
        </ButtonLink>
        <ButtonLink icon={NotebookPen} href="/journal/guided">
          {t("today.care.guided")}
        </ButtonLink>
        <Button look="plain" onClick={() => today.closeCare()}>
          {t("today.care.never")}
        </Button>
      </div>
    </Card>
  );
}

function OtherSide({ side }: { side: "receive" | "give" }) {
  const { today } = useHouse();
  return (
    <Card look="sunken">
      <div class="stack stack-s">
        <h2 class="kind-words">{t(`today.care.${side}`)}</h2>
        <p class="soft">{t(`today.care.${side}.why`)}</p>
      </div>
      <div class="row">
        {side === "receive" ? (
          <ButtonLink icon={Handshake} href="/ask">
            {t("today.care.ask")}
          </ButtonLink>
        ) : (
          <ButtonLink icon={Heart} href="/thought">
            {t("today.care.think")}
          </ButtonLink>
        )}
        <Button look="plain" onClick={() => today.closeCare()}>
          {t("today.kind.notnow")}
        </Button>
      </div>
    </Card>
  );
}
