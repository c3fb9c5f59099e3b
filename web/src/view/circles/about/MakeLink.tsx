// SPDX-License-Identifier: AGPL-3.0-or-later
// A link into the circle: for one person or for as many as there are places, with a few words that are read first.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Circle, MyInvite } from "../../../model/face";
import { Button, Choice, Field, Notice, Sheet, TextArea } from "../../../ui";
import { useHouse } from "../../house-context";
import { InviteLink } from "../../people/InviteLink";
import { useDraftText } from "../../talk/use-draft-text";
import { sayClock } from "../../talk/when";
import { useTask } from "../../use-task";

const DAY = 24 * 3_600_000;
const LASTS = { day: DAY, week: 7 * DAY, month: 30 * DAY } as const;
type Lasts = keyof typeof LASTS;
type Uses = "one" | "all";

type Made = MyInvite & { readonly link: string };

export function MakeLink({ circle, onClose }: { circle: Circle; onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  if (!made) return <Form circle={circle} onMade={setMade} onClose={onClose} />;
  return (
    <Sheet title={t("circles.link.ready")} onClose={onClose}>
      <InviteLink link={made.link} until={sayClock(made.expires, Date.now())} text={t("circles.link.share.text")} />
    </Sheet>
  );
}

function Form({ circle, onMade, onClose }: { circle: Circle; onMade: (made: Made) => void; onClose: () => void }) {
  const { circles } = useHouse();
  const words = useDraftText(`circle-invite:${circle.room}`);
  const [forWhom, setForWhom] = useState("");
  const [uses, setUses] = useState<Uses>("one");
  const [lasts, setLasts] = useState<Lasts>("week");
  const making = useTask();
  const places = Math.max(1, circle.rules.size - circle.members.length);
  const make = (event: Event) => {
    event.preventDefault();
    void making.run(async () => {
      const how = { words: words.text.trim(), forWhom: forWhom.trim(), expires: Date.now() + LASTS[lasts], uses: uses === "one" ? 1 : places };
      const made = await circles.invite(circle.room, how);
      words.clear();
      onMade(made);
    });
  };
  return (
    <Sheet
      title={t("circles.link.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" type="submit" form="circle-link" busy={making.busy}>
            {t("people.invite.make")}
          </Button>
        </>
      }
    >
      <p>{t("circles.link.lead")}</p>
      <form class="stack stack-l" id="circle-link" onSubmit={make} noValidate>
        <Choice
          label={t("circles.link.uses")}
          options={[
            { value: "one", label: t("circles.link.uses.one") },
            { value: "all", label: t("circles.link.uses.all") },
          ]}
          value={uses}
          onChange={setUses}
        />
        <Field label={t("circles.link.for")} hint={t("circles.link.for.hint")} value={forWhom} onInput={setForWhom} maxLength={80} />
        <TextArea label={t("circles.link.words")} hint={t("circles.link.words.hint")} value={words.text} onInput={words.write} rows={2} maxLength={2000} />
        <Choice
          label={t("people.invite.expires")}
          options={(Object.keys(LASTS) as Lasts[]).map((value) => ({ value, label: t(`people.invite.expires.${value}`) }))}
          value={lasts}
          onChange={setLasts}
        />
      </form>
      {making.wrong && <Notice tone="wrong">{making.wrong}</Notice>}
    </Sheet>
  );
}
