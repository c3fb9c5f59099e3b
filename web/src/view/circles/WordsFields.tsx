// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields for what a circle says of itself: for making one, and for changing the words later.
import { Plus } from "lucide-preact";
import { t } from "../../i18n";
import type { CircleWords } from "../../model/face";
import { Button, Field, Fold, TextArea, toast } from "../../ui";
import { addAgreement, agreementLines, moreAgreements } from "./default-agreements";

export interface WordsFieldsProps {
  words: CircleWords;
  onChange: (words: CircleWords) => void;
  /** Sending was tried: say what is missing. */
  asked: boolean;
}

export const wordsMissing = ({ name, agreements }: CircleWords): boolean => name.trim() === "" || agreementLines(agreements).length === 0;

export const trimmedWords = ({ name, purpose, agreements, welcome }: CircleWords): CircleWords => ({
  name: name.trim(),
  purpose: purpose.trim(),
  agreements: agreementLines(agreements).join("\n"),
  welcome: welcome.trim(),
});

export function WordsFields({ words, onChange, asked }: WordsFieldsProps) {
  const set = (part: Partial<CircleWords>) => onChange({ ...words, ...part });
  return (
    <>
      <Field
        label={t("circles.name")}
        hint={t("circles.name.hint")}
        value={words.name}
        onInput={(name) => set({ name })}
        maxLength={60}
        error={asked && words.name.trim() === "" ? t("circles.name.missing") : null}
      />
      <TextArea label={t("circles.purpose")} hint={t("circles.purpose.hint")} value={words.purpose} onInput={(purpose) => set({ purpose })} rows={2} maxLength={1000} />
      <AgreementsField agreements={words.agreements} onChange={(agreements) => set({ agreements })} asked={asked} />
      <TextArea label={t("circles.welcome")} hint={t("circles.welcome.hint")} value={words.welcome} onInput={(welcome) => set({ welcome })} rows={2} maxLength={8000} />
    </>
  );
}

function AgreementsField({ agreements, onChange, asked }: { agreements: string; onChange: (agreements: string) => void; asked: boolean }) {
  const more = moreAgreements(agreements);
  const add = (line: string) => {
    onChange(addAgreement(agreements, line));
    toast(t("circles.agreements.added"));
  };
  return (
    <div class="stack stack-s">
      <TextArea
        label={t("circles.agreements")}
        hint={t("circles.agreements.hint")}
        value={agreements}
        onInput={onChange}
        rows={7}
        maxLength={3000}
        error={asked && agreementLines(agreements).length === 0 ? t("circles.agreements.missing") : null}
      />
      {more.length > 0 && (
        <Fold title={t("circles.agreements.more")}>
          <ul class="agreements agreements-more" role="list">
            {more.map((line) => (
              <li key={line}>
                <span>{line}</span>
                <Button icon={Plus} iconOnly look="plain" onClick={() => add(line)}>
                  {t("circles.agreements.add.label", { line })}
                </Button>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}
