// SPDX-License-Identifier: AGPL-3.0-or-later
// About one bond: who can read there, how to be sure that it is really them, my own name for them, and the two ways out.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Bond } from "../../model/face";
import { Button, ButtonLink, Card, Empty, Field, Loading, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function PersonAbout({ room }: { room: string }) {
  const { people } = useHouse();
  const bond = people.bond(room).value;
  if (!bond) {
    return (
      <Page title={t("talk.about")} back={{ href: "/people" }}>
        {people.state.value.is === "ready" ? <Empty title={t("talk.gone")} /> : <Loading />}
      </Page>
    );
  }
  const name = bond.name || t("talk.someone");
  return (
    <Page title={t("talk.about.title", { name })} back={{ href: `/people/${room}`, label: t("talk.about.back") }}>
      <WhoCanRead name={name} />
      <Compare bond={bond} name={name} />
      <OwnName bond={bond} />
      {bond.state === "alive" && <End room={room} />}
      <Block bond={bond} name={name} />
    </Page>
  );
}

function WhoCanRead({ name }: { name: string }) {
  return (
    <Card title={t("talk.about.read.title")}>
      <p class="about-two">{t("talk.about.read.two", { name })}</p>
      <ul class="about-facts">
        <li>{t("talk.about.read.house")}</li>
        <li>{t("talk.about.read.knows")}</li>
        <li>{t("talk.about.read.keep", { name })}</li>
      </ul>
    </Card>
  );
}

/** Words made from both keys. Read aloud to each other, they prove that nobody stands between. */
function Compare({ bond, name }: { bond: Bond; name: string }) {
  const { people } = useHouse();
  const [words, setWords] = useState<{ mine: string; theirs: string } | "failed" | null>(null);
  useEffect(() => {
    let here = true;
    people.compareWords(bond.room).then(
      (words) => here && setWords(words),
      () => here && setWords("failed"),
    );
    return () => void (here = false);
  }, [people, bond.room]);
  return (
    <Card title={t("talk.about.compare.title", { name })}>
      <p>{t("talk.about.compare.say", { name })}</p>
      {words === null && <Loading />}
      {words === "failed" && <Notice tone="wrong">{t("talk.about.compare.failed")}</Notice>}
      {words !== null && words !== "failed" && (
        <dl class="compare">
          <dt>{t("talk.about.compare.yours")}</dt>
          <dd class="compare-words">{words.mine}</dd>
          <dt>{t("talk.about.compare.theirs", { name })}</dt>
          <dd class="compare-words">{words.theirs}</dd>
        </dl>
      )}
      <p>{t("talk.about.compare.same")}</p>
      <p>{t("talk.about.compare.other", { name })}</p>
    </Card>
  );
}

function OwnName({ bond }: { bond: Bond }) {
  const { people } = useHouse();
  const [value, setValue] = useState(bond.myNameForThem ?? "");
  const saving = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    if (await saving.run(() => people.setMyNameFor(bond.room, value.trim() || null))) toast(t("talk.about.name.saved"));
  };
  return (
    <Card title={t("talk.about.name.title", { name: bond.theirName || t("talk.someone") })}>
      <form class="stack" onSubmit={(event) => void save(event)}>
        <Field
          label={t("talk.about.name.label")}
          hint={t("talk.about.name.hint", { name: bond.theirName })}
          value={value}
          onInput={setValue}
          maxLength={80}
          autocomplete="off"
        />
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <div class="row">
          <Button type="submit" busy={saving.busy}>
            {t("talk.about.name.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function End({ room }: { room: string }) {
  return (
    <Card title={t("talk.about.end.title")} look="sunken">
      <p>{t("talk.about.end.say")}</p>
      <div class="row">
        <ButtonLink href={`/people/${room}/end`}>{t("talk.about.end.do")}</ButtonLink>
      </div>
    </Card>
  );
}

/** One press, and no question first: it is silent and can be undone. */
function Block({ bond, name }: { bond: Bond; name: string }) {
  const { safety } = useHouse();
  const task = useTask();
  const change = async () => {
    const done = await task.run(() => (bond.blocked ? safety.unblock(bond.person) : safety.block(bond.person)));
    if (done) toast(t(bond.blocked ? "talk.about.block.undone" : "talk.about.block.done", { name }));
  };
  return (
    <Card title={t("talk.about.block.title", { name })} look="sunken">
      <p>{t("talk.about.block.say", { name })}</p>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      <div class="row">
        <Button busy={task.busy} onClick={() => void change()}>
          {bond.blocked ? t("talk.blocked.undo", { name }) : t("talk.about.block.do", { name })}
        </Button>
      </div>
    </Card>
  );
}
