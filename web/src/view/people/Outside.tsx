// SPDX-License-Identifier: AGPL-3.0-or-later
// One person outside the house: a note to them through the device's own apps, and what I keep about them.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { OutsidePerson } from "../../model/face";
import { Button, Card, Empty, Field, Notice, Page, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { ThoughtOutside } from "../thought/ThoughtOutside";
import { useTask } from "../use-task";

const BACK = { href: "/people" };
const NEW = "new";
const NOBODY = { name: "", phone: "", email: "", note: "" };

export function Outside({ person: id }: { person: string }) {
  const person = useHouse().people.outside.value.find((person) => person.id === id);
  if (id === NEW) {
    return (
      <Page title={t("people.outside.title.new")} lead={t("people.outside.sealed")} back={BACK}>
        <OutsideForm person={null} />
      </Page>
    );
  }
  if (!person) {
    return (
      <Page title={t("people.outside.title")} back={BACK}>
        <Empty title={t("people.outside.gone")} />
      </Page>
    );
  }
  return <Known key={person.id} person={person} />;
}

function Known({ person }: { person: OutsidePerson }) {
  const [changing, setChanging] = useState(false);
  return (
    <Page title={<bdi>{person.name}</bdi>} lead={person.note || t("people.outside.say")} back={BACK}>
      <Card title={t("thought.title")}>
        <ThoughtOutside person={person} />
      </Card>
      {changing ? (
        <OutsideForm person={person} onDone={() => setChanging(false)} />
      ) : (
        <div class="row">
          <Button onClick={() => setChanging(true)}>{t("people.outside.edit")}</Button>
          <Forget person={person} />
        </div>
      )}
    </Page>
  );
}

function OutsideForm({ person, onDone }: { person: OutsidePerson | null; onDone?: () => void }) {
  const { people } = useHouse();
  const [, go] = useLocation();
  const [values, setValues] = useState<Omit<OutsidePerson, "id">>(person ?? NOBODY);
  const [asked, setAsked] = useState(false);
  const keeping = useTask();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const nameless = values.name.trim() === "";
  const keep = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (nameless) return;
    void keeping.run(async () => {
      const id = await people.keepOutside({ ...trimAll(values), ...(person ? { id: person.id } : {}) });
      toast(t("people.outside.saved", { name: values.name.trim() }));
      if (onDone) onDone();
      else go(`/outside/${id}`, { replace: true });
    });
  };
  return (
    <form class="stack stack-l" onSubmit={keep} noValidate>
      <Field
        label={t("people.outside.name")}
        value={values.name}
        onInput={(name) => set({ name })}
        error={asked && nameless ? t("people.outside.name.missing") : null}
        autocomplete="off"
        required
      />
      <div class="stack">
        <Field label={t("people.outside.phone")} hint={t("people.outside.either")} type="tel" value={values.phone} onInput={(phone) => set({ phone })} autocomplete="off" />
        <Field label={t("people.outside.email")} type="email" value={values.email} onInput={(email) => set({ email })} autocomplete="off" />
      </div>
      <TextArea label={t("people.outside.note")} value={values.note} onInput={(note) => set({ note })} rows={2} />
      {keeping.wrong && <Notice tone="wrong">{keeping.wrong}</Notice>}
      <div class="row">
        <Button look="main" type="submit" busy={keeping.busy}>
          {t("people.outside.save")}
        </Button>
        {onDone && (
          <Button look="plain" onClick={onDone}>
            {t("ui.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

function trimAll({ name, phone, email, note }: Omit<OutsidePerson, "id">): Omit<OutsidePerson, "id"> {
  return { name: name.trim(), phone: phone.trim(), email: email.trim(), note: note.trim() };
}

function Forget({ person }: { person: OutsidePerson }) {
  const { people } = useHouse();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const forget = async () => {
    await people.forgetOutside(person.id);
    go("/people");
  };
  return (
    <>
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("people.outside.forget", { name: person.name })}
      </Button>
      {asking && (
        <Confirm
          title={t("people.outside.forget.ask", { name: person.name })}
          yes={t("people.outside.forget.yes")}
          run={forget}
          onClose={() => setAsking(false)}
        >
          <p>{t("people.outside.forget.say")}</p>
        </Confirm>
      )}
    </>
  );
}
