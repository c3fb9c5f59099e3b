// SPDX-License-Identifier: AGPL-3.0-or-later
// Making a circle: its words, what is agreed, how many, and what one is called there. What is written stays as a draft
// until the circle is there.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { CircleWords } from "../../model/face";
import { Button, Field, Notice, Page, Select, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { firstAgreements } from "./default-agreements";
import { trimmedWords, WordsFields, wordsMissing } from "./WordsFields";

const DRAFT = "circle:new";
/** Above six it takes two keepers, and a new circle has one. */
const SIZES = ["3", "4", "5", "6"] as const;

interface Making extends CircleWords {
  readonly size: (typeof SIZES)[number];
  readonly myName: string;
}

export function NewCircle() {
  const { circles } = useHouse();
  const [, go] = useLocation();
  const { making, change, clear } = useMaking();
  const [asked, setAsked] = useState(false);
  const founding = useTask();
  const nameless = making.myName.trim() === "";
  const found = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (nameless || wordsMissing(making)) return;
    void founding.run(async () => {
      const room = await circles.found({ words: trimmedWords(making), size: Number(making.size), myName: making.myName.trim() });
      clear();
      toast(t("circles.new.done"));
      go(`/circles/${room}`, { replace: true });
    });
  };
  return (
    <Page title={t("circles.new.title")} lead={t("circles.new.lead")} back={{ href: "/circles", label: t("circles.title") }}>
      <form class="stack stack-l" onSubmit={found} noValidate>
        <WordsFields words={making} onChange={change} asked={asked} />
        <Select
          label={t("circles.size")}
          hint={t("circles.size.hint.new")}
          value={making.size}
          options={SIZES.map((value) => ({ value, label: t("circles.size.people", { count: Number(value) }) }))}
          onChange={(size) => change({ size })}
        />
        <Field
          label={t("circles.my-name")}
          hint={t("circles.my-name.hint")}
          value={making.myName}
          onInput={(myName) => change({ myName })}
          maxLength={60}
          error={asked && nameless ? t("circles.my-name.missing") : null}
        />
        {founding.wrong && <Notice tone="wrong">{founding.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={founding.busy}>
            {founding.busy ? t("circles.new.doing") : t("circles.new.do")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** The form as it stands, kept sealed on this device: several fields in the one text of a draft. */
function useMaking() {
  const { drafts, me } = useHouse();
  const kept = drafts.read(DRAFT).value?.text;
  const first: Making = { name: "", purpose: "", agreements: firstAgreements(), welcome: "", size: "6", myName: me.name.value };
  const making: Making = kept ? { ...first, ...(JSON.parse(kept) as Partial<Making>) } : first;
  return {
    making,
    change: (part: Partial<Making>) => drafts.write(DRAFT, { text: JSON.stringify({ ...making, ...part }) }),
    clear: () => drafts.clear(DRAFT),
  };
}
