// SPDX-License-Identifier: AGPL-3.0-or-later
// How strong a passphrase is, in words first. The bar beside it says the same to the eye, and nothing more. It has its place
// before anything is typed, so that what stands below does not move under a finger.
import { t } from "../../i18n";
import type { Strength } from "../../model/face";

const FILLED: Record<Strength["level"], number> = { "too-short": 1, weak: 2, fair: 3, strong: 4 };

export function StrengthWords({ strength }: { strength: Strength | null }) {
  return <div class="strength-place" role="status">{strength && <Told strength={strength} />}</div>;
}

function Told({ strength }: { strength: Strength }) {
  return (
    <div class={`strength strength-${strength.level}`}>
      <div class="strength-bar" aria-hidden="true">
        {[1, 2, 3, 4].map((part) => (
          <span key={part} class={part <= FILLED[strength.level] ? "strength-part strength-filled" : "strength-part"} />
        ))}
      </div>
      <p>
        <strong>{t(`passphrase.level-${strength.level}`)}</strong> {t(`passphrase.means-${strength.level}`)}
      </p>
      {strength.advice !== "none" && <p>{t(`passphrase.advice-${strength.advice}`)}</p>}
    </div>
  );
}
