// SPDX-License-Identifier: AGPL-3.0-or-later
// One thing that a screen asks of the model and waits for: whether it runs, and the sentence if it failed.
//
//   const saving = useTask();
//   <Button busy={saving.busy} onClick={() => saving.run(() => house.me.setName(name))}>…</Button>
//   {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
import { useEffect, useRef, useState } from "preact/hooks";
import { failureOf, sayFailure } from "./failure";
import type { ModelFailure } from "../model/face";

export interface Task {
  readonly busy: boolean;
  /** The sentence of the last failure; null while all is well. */
  readonly wrong: string | null;
  readonly failure: ModelFailure | null;
  /** Resolves to true if it was done. A second call while the first runs does nothing. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

export function useTask(): Task {
  const [state, setState] = useState<{ busy: boolean; failure: ModelFailure | null }>({ busy: false, failure: null });
  const here = useRef({ mounted: true, busy: false });
  useEffect(() => () => void (here.current.mounted = false), []);
  const show = (next: typeof state) => here.current.mounted && setState(next);
  const run = async (work: () => Promise<unknown>) => {
    if (here.current.busy) return false;
    here.current.busy = true;
    show({ busy: true, failure: null });
    try {
      await work();
      show({ busy: false, failure: null });
      return true;
    } catch (error) {
      show({ busy: false, failure: failureOf(error) });
      return false;
    } finally {
      here.current.busy = false;
    }
  };
  const { busy, failure } = state;
  return { busy, failure, wrong: failure && sayFailure(failure), run, forget: () => show({ busy: false, failure: null }) };
}
