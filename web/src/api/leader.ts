/* SPDX-License-Identifier: AGPL-3.0-or-later */
// One tab of a browser leads: it holds the stream and sends what waits. The others hear from it. The lead passes by
// itself when the leading tab goes, however it goes, because the browser then frees its lock (Web Locks).
//
// Where there are no Web Locks (Node, very old browsers) every caller leads: more requests, nothing wrong.

export interface Election {
  /** Gives up the lead, or the wish for it. */
  leave(): void;
}

export type Locks = Pick<LockManager, "request">;

export function electLeader(locks: Locks | undefined, name: string, lead: () => void): Election {
  if (locks === undefined) {
    let left = false;
    queueMicrotask(() => left || lead());
    return { leave: () => void (left = true) };
  }
  const waiting = new AbortController();
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  const whole = locks.request(name, { signal: waiting.signal }, () => {
    if (waiting.signal.aborted) return undefined;
    lead();
    return held;
  });
  // Leaving while still waiting rejects the request: that is what was asked for.
  whole.catch(() => undefined);
  return {
    leave() {
      waiting.abort();
      release();
    },
  };
}
