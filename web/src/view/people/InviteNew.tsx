// SPDX-License-Identifier: AGPL-3.0-or-later
// Inviting one safe person: whom it is for (for me alone), a few words they read first, how long it works. Then the link.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { MyInvite } from "../../model/face";
import { Button, ButtonLink, Choice, Field, Notice, Page, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { sayClock } from "../talk/when";
import { useTask } from "../use-task";
import { InviteLink } from "./InviteLink";

const DAY = 24 * 3_600_000;
const LASTS = { day: DAY, week: 7 * DAY, month: 30 * DAY } as const;
type Lasts = keyof typeof LASTS;

type Made = MyInvite & { readonly link: string };

const BACK = { href: "/people" };

export function InviteNew() {
  const [made, setMade] = useState<Made | null>(null);
  if (made) return <Ready key={made.id} invite={made} onAnother={() => setMade(null)} />;
  return <InviteForm onMade={setMade} />;
}

function InviteForm({ onMade }: { onMade: (invite: Made) => void }) {
  const { invites } = useHouse();
  const words = useDraftText("invite");
  const [forWhom, setForWhom] = useState("");
  const [lasts, setLasts] = useState<Lasts>("week");
  const making = useTask();
  const make = (event: Event) => {
    event.preventDefault();
    void making.run(async () => {
      const how = { words: words.text.trim(), forWhom: forWhom.trim(), expires: Date.now() + LASTS[lasts] };
      onMade(await invites.create(how));
      words.clear();
    });
  };
  return (
    <Page title={t("people.invite.title")} lead={t("people.invite.lead")} back={{ ...BACK, label: t("people.title") }}>
      <form class="stack stack-l" onSubmit={make}>
        <Field
          label={t("people.invite.for")}
          hint={t("people.invite.for.hint")}
          value={forWhom}
          onInput={setForWhom}
          maxLength={80}
          autocomplete="off"
        />
        <TextArea
          label={t("people.invite.words")}
          hint={t("people.invite.words.hint")}
          placeholder={t("people.invite.words.placeholder")}
          value={words.text}
          onInput={words.write}
          maxLength={2000}
        />
        <Choice
          label={t("people.invite.expires")}
          options={(Object.keys(LASTS) as Lasts[]).map((value) => ({ value, label: t(`people.invite.expires.${value}`) }))}
          value={lasts}
          onChange={setLasts}
        />
        {making.wrong && <Notice tone="wrong">{making.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={making.busy}>
            {t("people.invite.make")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function Ready({ invite, onAnother }: { invite: Made; onAnother: () => void }) {
  const title = invite.forWhom ? t("people.invite.ready.for", { name: invite.forWhom }) : t("people.invite.ready");
  return (
    <Page title={title} lead={t("people.invite.ready.say")} back={{ ...BACK, label: t("people.title") }}>
      <InviteLink link={invite.link} until={sayClock(invite.expires, Date.now())} />
      <div class="row">
        <ButtonLink href="/people">{t("people.invite.done")}</ButtonLink>
        <Button look="plain" onClick={onAnother}>
          {t("people.invite.another")}
        </Button>
      </div>
    </Page>
  );
}
