// SPDX-License-Identifier: AGPL-3.0-or-later
// How far the time meant for a turn has gone: a line that fills, and stays full. It has no numbers, and nobody is cut off.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";

const STEP_MS = 5_000;

export function SoftTime({ began, seconds }: { began: number; seconds: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  const part = Math.min(1, Math.max(0, (now - began) / (seconds * 1000)));
  return (
    <div class="gathering-time">
      <span class="gathering-time-gone" style={{ "--part": part }} aria-hidden="true" />
      {part === 1 && <span class="soft small">{t("gatherings.time.full")}</span>}
    </div>
  );
}
