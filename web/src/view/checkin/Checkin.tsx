// SPDX-License-Identifier: AGPL-3.0-or-later
// The longer check-in: the same weight as on Today, and as many or as few words as one likes. Below it what I kept before.
// Nothing here is shown to anybody; showing it is a step of its own (ShareCheckin).
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import { Button, Choice, Notice, Page, TextArea, toast } from "../../ui";
import { FeelingPicker } from "./FeelingPicker";
import { PastCheckins } from "./PastCheckins";
import { WeightPicker } from "./WeightPicker";
import { useCheckinDraft, type CheckinDraft } from "./use-checkin-draft";
import { NOTHING, OPENINGS } from "./words";

export function Checkin() {
  const draft = useCheckinDraft();
  const [, go] = useLocation();
  const save = async () => {
    if (!(await draft.save())) return;
    toast(t("checkin.saved"));
    go("/");
  };
  return (
    <Page title={t("checkin.title")} lead={t("checkin.title.lead")} back={{ href: "/", label: t("today.title") }}>
      <div class="stack stack-l">
        <WeightPicker value={draft.words?.weight} onPick={(weight) => draft.change({ weight })} />
        <Opening draft={draft} />
        <TextArea
          label={t("checkin.text.label")}
          hint={t("checkin.text.hint")}
          value={draft.words?.text ?? ""}
          onInput={(text) => draft.change({ text })}
          rows={4}
        />
        <FeelingPicker value={draft.words?.feelings ?? NOTHING.feelings} onChange={(feelings) => draft.change({ feelings })} />
        <div class="stack stack-s">
          <div class="spread">
            <Button look="main" busy={draft.saving.busy} onClick={() => void save()}>
              {t("checkin.save")}
            </Button>
            {draft.words && (
              <Button look="plain" onClick={draft.clear}>
                {t("checkin.discard")}
              </Button>
            )}
          </div>
          <p class="soft small">{t(draft.words ? "checkin.draft.kept" : "checkin.save.hint")}</p>
          {draft.saving.wrong && <Notice tone="wrong">{draft.saving.wrong}</Notice>}
        </div>
      </div>
      <PastCheckins />
    </Page>
  );
}

/** An honest beginning. The sentence itself is kept: it is what the person said. */
function Opening({ draft }: { draft: CheckinDraft }) {
  const none = { value: "", label: t("checkin.opening.none") };
  const sentences = OPENINGS.map((key) => t(`checkin.opening.${key}`)).map((words) => ({ value: words, label: words }));
  return (
    <Choice
      label={t("checkin.openings.legend")}
      hint={t("checkin.openings.hint")}
      options={[...sentences, none]}
      value={draft.words?.opening ?? ""}
      onChange={(opening) => draft.change({ opening })}
    />
  );
}
