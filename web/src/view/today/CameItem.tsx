// SPDX-License-Identifier: AGPL-3.0-or-later
// One thing that came: who, what, when, and one or two ways on. An ask can be answered right here.
import { X } from "lucide-preact";
import { t } from "../../i18n";
import type { Came, Circle, House } from "../../model/face";
import { Button, ButtonLink, Disc } from "../../ui";
import { AnswerAsk } from "../ask/AnswerAsk";
import { nameIn } from "../circles/names";
import { circleName } from "../circles/CircleRows";
import { useHouse } from "../house-context";
import { sayClock, useNow } from "../talk/when";
import { When } from "../talk/WhenWords";
import { Words } from "../talk/Words";

export function CameItem({ item, onPutAway }: { item: Came; onPutAway: () => void }) {
  const now = useNow();
  const { name, circle } = whoSaid(useHouse(), item);
  const sits = useSitAsk(item);
  const what = (sits && sayOfSitting(item, name)) || (circle ? sayCameIn(item, name, circle) : sayCame(item, name));
  const more = sayMore(item);
  return (
    <li class={`came-item came-item-${item.kind}`}>
      <Disc name={name} />
      <div class="came-words">
        <p>
          <span class="came-what">{what}</span>{" "}
          <When at={item.at} now={now} />
        </p>
        {circle && <p class="soft small">{t("today.came.in", { circle: circleName(circle) })}</p>}
        {more && <p class="soft small">{more}</p>}
        {item.kind === "ask" && <AskLines item={item} now={now} />}
        {"text" in item && item.text && <Words class="came-text">{item.text}</Words>}
        {sits && item.kind === "answer" && item.answer === "yes" ? (
          <Way href={`/sit/${item.room}/${item.ask}`}>{t("ask.sit")}</Way>
        ) : circle ? (
          <WaysIn item={item} name={name} />
        ) : (
          <Ways item={item} name={name} />
        )}
      </div>
      <Button look="plain" icon={X} iconOnly onClick={onPutAway}>
        {t("today.came.putaway.label", { what })}
      </Button>
    </li>
  );
}

/** Whether it is about sitting together, and not about a talk. */
function useSitAsk(item: Came): boolean {
  const { asks } = useHouse();
  if (item.kind !== "ask" && item.kind !== "answer") return false;
  return [...asks.forMe.value, ...asks.mine.value].some(({ id, what }) => id === item.ask && what === "sit");
}

function sayOfSitting(item: Came, name: string): string | null {
  if (item.kind === "ask") return t("today.came.ask.sit", { name });
  return item.kind === "answer" ? t(`today.came.answer.sit.${item.answer}`, { name }) : null;
}

/** By the name they go by in the bond or the circle that it came in. */
function whoSaid({ people, circles }: House, { room, person }: Came): { name: string; circle: Circle | null } {
  const circle = circles.circle(room).value;
  if (circle) return { name: nameIn(circle, person), circle };
  return { name: people.bond(room).value?.name || t("talk.someone"), circle: null };
}

function sayCameIn(item: Came, name: string, circle: Circle): string {
  switch (item.kind) {
    case "came-in": {
      const me = circle.members.some((one) => one.me && one.person === item.person);
      return me ? t("today.came.came-in.me", { circle: circleName(circle) }) : t("today.came.came-in", { name, circle: circleName(circle) });
    }
    case "share":
    case "reply":
      return t(`today.came.${item.kind}.circle`, { name });
    default:
      return sayCame(item, name);
  }
}

function sayCame(item: Came, name: string): string {
  switch (item.kind) {
    case "at-the-door":
    case "came-in":
      return t(`today.came.${item.kind}`, { name, circle: t("circles.nameless") });
    case "answer":
      return t(`today.came.answer.${item.answer}`, { name });
    case "response":
      return t(`today.came.response.${item.word}`, { name });
    case "thought":
      return t(item.more ? "today.came.thought.more" : "today.came.thought", { name });
    default:
      return t(`today.came.${item.kind}`, { name });
  }
}

function sayMore(item: Came): string | null {
  switch (item.kind) {
    case "share":
      return t(`today.came.share.${item.wish}`);
    case "thought":
      return t("today.came.thought.owed");
    case "unanswered":
      return t("today.came.unanswered.more");
    case "goodbye":
      return t("today.came.goodbye.more");
    case "at-the-door":
      return t("today.came.at-the-door.more");
    default:
      return null;
  }
}

/** When they would like to talk, and their words. */
function AskLines({ item, now }: { item: Extract<Came, { kind: "ask" }>; now: number }) {
  const { asks } = useHouse();
  const ask = asks.forMe.value.find(({ id }) => id === item.ask);
  if (!ask) return null;
  return (
    <>
      <p class="soft small">
        {ask.when === null ? t("today.came.ask.now") : t("today.came.ask.at", { when: sayClock(ask.when, now) })}{" "}
        {t("ask.asks.until", { when: sayClock(ask.until, now) })}
      </p>
      {ask.text && <Words class="came-text">{ask.text}</Words>}
    </>
  );
}

function Ways({ item, name }: { item: Came; name: string }) {
  const talk = `/people/${item.room}`;
  switch (item.kind) {
    case "ask":
      return <AnswerAsk ask={item.ask} name={name} />;
    case "unanswered":
      return <Way href={`/ask/${item.room}/next`}>{t("today.came.open.next")}</Way>;
    case "thought":
      return <Way href={`/thought/${item.room}`}>{t("today.came.thoughtback")}</Way>;
    case "untrusted":
      return <Way href={`${talk}/about`}>{t("today.came.open.about")}</Way>;
    case "share":
    case "reply":
      return <Way href={talk}>{t("today.came.open.read")}</Way>;
    default:
      return <Way href={talk}>{t("today.came.open.talk")}</Way>;
  }
}

/** The same in a circle. */
function WaysIn({ item, name }: { item: Came; name: string }) {
  const circle = `/circles/${item.room}`;
  switch (item.kind) {
    case "ask":
      return <AnswerAsk ask={item.ask} name={name} />;
    case "at-the-door":
      return <Way href={`${circle}/about`}>{t("today.came.open.door")}</Way>;
    case "share":
    case "reply":
      return <Way href={circle}>{t("today.came.open.read")}</Way>;
    default:
      return <Way href={circle}>{t("today.came.open.circle")}</Way>;
  }
}

function Way({ href, children }: { href: string; children: string }) {
  return (
    <div class="row">
      <ButtonLink href={href}>{children}</ButtonLink>
    </div>
  );
}
