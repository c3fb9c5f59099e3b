// SPDX-License-Identifier: AGPL-3.0-or-later
// What a link turns out to be, for whoever holds it, with or without an account. Reading it uses nothing up, and nobody
// is told that it was read.
import { useEffect, useState } from "preact/hooks";
import type { ModelFailure, OpenedInvite } from "../../model/face";
import { failureOf } from "../failure";
import { useHouse } from "../house-context";

type Opening = { is: "opening" } | { is: "open"; invite: OpenedInvite } | { is: "failed"; failure: ModelFailure };

/** Stays "opening" without a link. */
export function useOpenedInvite(link: string | null): Opening & { retry: () => void } {
  const { invites } = useHouse();
  const [state, setState] = useState<Opening>({ is: "opening" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (link === null) return;
    let here = true;
    setState({ is: "opening" });
    invites.open(link).then(
      (invite) => here && setState({ is: "open", invite }),
      (error: unknown) => here && setState({ is: "failed", failure: failureOf(error) }),
    );
    return () => void (here = false);
  }, [invites, link, tries]);
  return { ...state, retry: () => setTries(tries + 1) };
}
