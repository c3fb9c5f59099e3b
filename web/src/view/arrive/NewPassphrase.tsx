// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing a passphrase, wherever one is chosen: written once and visible if wished (nobody types blind twice), its
// strength told in words, and words by chance for the asking. It refuses only what is truly too short.
import { useMemo, useState } from "preact/hooks";
import { Dices } from "lucide-preact";
import { t } from "../../i18n";
import type { Strength } from "../../model/face";
import { Button, Field } from "../../ui";
import { useHouse } from "../house-context";
import { StrengthWords } from "./StrengthWords";
import { suggestPassphrase, WORDS_SUGGESTED } from "./words";

export interface PassphraseChoice {
  readonly passphrase: string;
  readonly strength: Strength;
  readonly fits: boolean;
  set(passphrase: string): void;
}

export function usePassphraseChoice(signInName: string): PassphraseChoice {
  const house = useHouse();
  const [passphrase, set] = useState("");
  const strength = useMemo(() => house.session.strength(passphrase, signInName), [house, passphrase, signInName]);
  return { passphrase, strength, fits: strength.level !== "too-short", set };
}

export interface NewPassphraseProps {
  choice: PassphraseChoice;
  signInName: string;
  /** True once the form was sent: only then is a short passphrase called wrong. */
  asked: boolean;
}

export function NewPassphrase({ choice, signInName, asked }: NewPassphraseProps) {
  const [suggested, setSuggested] = useState("");
  const suggest = () => {
    const words = suggestPassphrase((bytes) => crypto.getRandomValues(bytes));
    setSuggested(words);
    choice.set(words);
  };
  return (
    <div class="stack">
      {/* A password manager files the new passphrase under this name. */}
      <input class="visually-hidden" type="text" autocomplete="username" value={signInName} readOnly tabIndex={-1} aria-hidden="true" />
      <Field
        label={t("passphrase.label")}
        hint={t("passphrase.hint")}
        type="password"
        name="new-password"
        autocomplete="new-password"
        value={choice.passphrase}
        onInput={choice.set}
        error={asked && !choice.fits ? t("passphrase.tooShort") : null}
      />
      <StrengthWords strength={choice.passphrase === "" ? null : choice.strength} />
      <div class="stack suggest">
        <div class="row">
          <Button icon={Dices} onClick={suggest}>
            {suggested ? t("passphrase.suggestAgain") : t("passphrase.suggest", { count: WORDS_SUGGESTED })}
          </Button>
        </div>
        <div role="status">{suggested !== "" && suggested === choice.passphrase && <Suggested words={suggested} />}</div>
      </div>
    </div>
  );
}

function Suggested({ words }: { words: string }) {
  return (
    <div class="suggested">
      <p class="suggested-words">{words}</p>
      <p class="soft small">{t("passphrase.suggestedHint")}</p>
    </div>
  );
}
