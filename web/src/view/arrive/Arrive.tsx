// SPDX-License-Identifier: AGPL-3.0-or-later
// Coming in by an invite link: what this place is, two names, a passphrase, the recovery card, and how to leave at once.
// Each step asks one thing; what was written stays when one goes back. The account is made after the passphrase step:
// until then the house has heard nothing.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Card, House, OpenedInvite } from "../../model/face";
import { toast } from "../../ui";
import { CardCheck } from "../card/CardCheck";
import { CardShown } from "../card/CardShown";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { FirstLeaving } from "../safety/FirstLeaving";
import { arriving } from "../shell/arriving";
import { pendingLink } from "../shell/pending-link";
import { Consent } from "./Consent";
import { Greeting } from "./Greeting";
import { Names } from "./Names";
import { ChoosePassphrase } from "./ChoosePassphrase";

type Step = "greeting" | "consent" | "names" | "passphrase" | "card" | "card-check" | "leaving";

interface Made {
  readonly card: Card;
  readonly bond: string | null;
}

export function Arrive() {
  const house = useHouse();
  const [, go] = useLocation();
  const [step, setStep] = useState<Step>("greeting");
  const [invite, setInvite] = useState<OpenedInvite | null>(null);
  const [names, setNames] = useState({ signIn: "", called: "" });
  const [made, setMade] = useState<Made | null>(null);
  useEffect(() => () => void (arriving.value = false), []);

  const makeAccount = async (passphrase: string) => {
    if (!invite) return;
    arriving.value = true;
    try {
      const how = { invite, signInName: names.signIn, calledName: names.called.trim(), passphrase, adult: true as const };
      const { card, bond, bondFailure } = await house.session.arrive(how);
      if (bondFailure) toast(sayFailure(bondFailure));
      else pendingLink.value = null;
      setMade({ card, bond });
      setStep("card");
    } catch (error) {
      arriving.value = false;
      throw error;
    }
  };
  const finish = () => {
    arriving.value = false;
    go(made?.bond ? `/people/${made.bond}` : (circleOf(house) ?? "/"), { replace: true });
  };

  if (step === "greeting" || !invite) {
    return (
      <Greeting
        onGo={(opened) => {
          setInvite(opened);
          setStep("consent");
        }}
      />
    );
  }
  switch (step) {
    case "consent":
      return <Consent onBack={() => setStep("greeting")} onGo={() => setStep("names")} />;
    case "names":
      return <Names names={names} onNames={setNames} onBack={() => setStep("consent")} onGo={() => setStep("passphrase")} />;
    case "passphrase":
      return (
        <ChoosePassphrase signInName={names.signIn} onBack={() => setStep("names")} onGo={makeAccount} onOtherName={() => setStep("names")} />
      );
    case "card":
      return made && <CardShown step={4} card={made.card} intro={t("card.introArrive")} onGo={() => setStep("card-check")} />;
    case "card-check":
      return made && <CardCheck step={4} card={made.card} onBack={() => setStep("card")} onGo={() => setStep("leaving")} />;
    case "leaving":
      return <FirstLeaving onDone={finish} />;
  }
}

/** A newcomer by a circle's link stands at its door, or is in already: there is no other circle yet. */
function circleOf({ circles }: House): string | null {
  const room = circles.requests.peek()[0]?.room ?? circles.mine.peek()[0]?.room;
  return room ? `/circles/${room}` : null;
}
