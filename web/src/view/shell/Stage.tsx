// SPDX-License-Identifier: AGPL-3.0-or-later
// Picks the one screen to show. The session decides before the address does: nobody sees a room while it is locked, a
// person fresh from recovery sets a passphrase first, and someone who is arriving finishes that in peace.
import type { ComponentChildren } from "preact";
import { Route, Switch } from "wouter-preact";
import { Loading } from "../../ui";
import { useHouse } from "../house-context";
import { arriving } from "./arriving";
import { LockScreen } from "./LockScreen";
import { NotFound } from "./NotFound";
import { ALWAYS, FIRST_LEAVING, FIRST_PASSPHRASE, SIGNED_IN, SIGNED_OUT, type Screen } from "./routes";

export function Stage() {
  const house = useHouse();
  const session = house.session.state.value;
  if (session.is === "starting") return <Starting />;
  // The account opens in the middle of arriving; the same table keeps the same screen standing.
  if (session.is === "none" || arriving.value) return <Screens of={[...ALWAYS, ...SIGNED_OUT]} />;
  if (session.is === "locked") return <Screens of={ALWAYS} otherwise={<LockScreen why={session.why} />} />;
  if (session.needsPassphrase) return <Screens of={[...ALWAYS, FIRST_PASSPHRASE]} />;
  if (!house.settings.values.value.quickExitKnown) return <Screens of={[...ALWAYS, FIRST_LEAVING]} />;
  return <Screens of={[...ALWAYS, ...SIGNED_IN]} />;
}

function Screens({ of, otherwise }: { of: readonly Screen[]; otherwise?: ComponentChildren }) {
  return (
    <Switch>
      {of.map(({ path, show: Show }) => (
        <Route key={path} path={path}>
          {(params: { room?: string }) => <Show {...params} />}
        </Route>
      ))}
      <Route>{otherwise ?? <NotFound />}</Route>
    </Switch>
  );
}

function Starting() {
  return (
    <div class="page">
      <Loading />
    </div>
  );
}
