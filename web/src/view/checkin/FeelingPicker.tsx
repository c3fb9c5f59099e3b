// SPDX-License-Identifier: AGPL-3.0-or-later
// Words for a feeling, in three kinds, and room for one's own. All of it optional; "no word fits" is one of the words.
import { useRef, useState } from "preact/hooks";
import { Plus, X } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Choices, Field } from "../../ui";
import { FEELINGS, NO_WORD, isKnown, sayFeeling, type FeelingKind } from "./words";

const LONGEST_WORD = 40;
const KINDS = Object.keys(FEELINGS) as FeelingKind[];

export interface FeelingPickerProps {
  value: readonly string[];
  onChange: (feelings: string[]) => void;
}

export function FeelingPicker({ value, onChange }: FeelingPickerProps) {
  const known: readonly string[] = value.filter(isKnown);
  const own = value.filter((feeling) => !isKnown(feeling));
  return (
    <section class="feeling-picker" aria-label={t("checkin.feelings.legend")}>
      <div>
        <h2>{t("checkin.feelings.legend")}</h2>
        <p class="soft small">{t("checkin.feelings.hint")}</p>
      </div>
      {KINDS.map((kind) => (
        <Choices
          key={kind}
          label={t(`checkin.feelings.${kind}`)}
          options={FEELINGS[kind].map((value) => ({ value: value as string, label: sayFeeling(value) }))}
          value={known}
          onChange={(next) => onChange([...next, ...own])}
        />
      ))}
      <Choices
        label={t("checkin.feeling.noword")}
        hideLabel
        options={[{ value: NO_WORD as string, label: sayFeeling(NO_WORD) }]}
        value={known}
        onChange={(next) => onChange([...next, ...own])}
      />
      <OwnWords own={own} onChange={(next) => onChange([...known, ...next])} />
    </section>
  );
}

function OwnWords({ own, onChange }: { own: readonly string[]; onChange: (own: string[]) => void }) {
  const [word, setWord] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const add = (event: Event) => {
    event.preventDefault();
    const clean = word.trim();
    if (clean && !own.includes(clean)) onChange([...own, clean]);
    setWord("");
    input.current?.focus();
  };
  return (
    <form class="feeling-own" onSubmit={add}>
      <div class="feeling-own-line">
        <Field label={t("checkin.own.label")} value={word} onInput={setWord} maxLength={LONGEST_WORD} inputRef={input} autocomplete="off" />
        <Button type="submit" icon={Plus}>
          {t("checkin.own.add")}
        </Button>
      </div>
      {own.length > 0 && (
        <ul class="feeling-own-list" role="list">
          {own.map((item) => (
            <li class="feeling-own-word" key={item}>
              <bdi>{item}</bdi>
              <Button look="plain" icon={X} iconOnly onClick={() => onChange(own.filter((other) => other !== item))}>
                {t("checkin.own.remove", { word: item })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
