// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture: a row of days for each month (or for four weeks), the newest first, and under each the words that feelings had
// in its weeks. What the marks mean stands above, in words.
import { t } from "../../i18n";
import { Drawn, useRoom, type Room } from "./Drawn";
import { draw, drawKey } from "./drawing";
import type { Part, Span, Strip } from "./strips";
import { frameOf, sayFeelings, sayGap, sayTime, sayWeek } from "./words";

export function Picture({ span, parts }: { span: Span; parts: readonly Part[] }) {
  const { room, place, ruler } = useRoom();
  return (
    <div class="lighter-picture">
      <Key parts={parts} letter={room?.letter ?? 14} />
      <div ref={place} class="lighter-place">
        <span ref={ruler} class="lighter-ruler" aria-hidden="true" />
        {room && parts.map((part) => (part.is === "strip" ? <OneStrip key={part.strip.from} span={span} strip={part.strip} room={room} /> : <Gap key={part.from} gap={part} />))}
      </div>
    </div>
  );
}

function OneStrip({ span, strip, room }: { span: Span; strip: Strip; room: Room }) {
  const time = sayTime(span, strip);
  const id = `lighter-${strip.from}`;
  return (
    <section class="lighter-strip" aria-labelledby={id}>
      <h2 id={id}>{time}</h2>
      {strip.marks.length > 0 && <Drawn drawing={draw(strip, frameOf(span, room))} label={t("lighter.picture", { time, top: t("lighter.top"), bottom: t("lighter.bottom") })} />}
      {strip.weeks.length > 0 && (
        <dl class="lighter-weeks" aria-label={t("lighter.words")}>
          {strip.weeks.map((week) => (
            <div key={week.from} class="lighter-week">
              <dt>{sayWeek(week)}</dt>
              <dd>{sayFeelings(week.feelings)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Gap({ gap }: { gap: { readonly from: string; readonly to: string } }) {
  return <p class="lighter-gap">{sayGap(gap)}</p>;
}

const KEYS = [
  { words: "lighter.key.dot", mark: { weight: 5, after: null } },
  { words: "lighter.key.arrow", mark: { weight: 9, after: 1 } },
  { words: "lighter.key.same", mark: { weight: 5, after: 5 } },
] as const;

/** Only what is there to be explained. */
function Key({ parts, letter }: { parts: readonly Part[]; letter: number }) {
  const marks = parts.flatMap((part) => (part.is === "strip" ? part.strip.marks : []));
  const shown = [marks.some(({ after }) => after === null), marks.some(({ weight, after }) => after !== null && after !== weight), marks.some(({ weight, after }) => after === weight)];
  if (!shown.includes(true)) return null;
  return (
    <ul class="lighter-key" role="list" aria-label={t("lighter.key.label")}>
      {KEYS.filter((_, i) => shown[i]).map(({ words, mark }) => (
        <li key={words}>
          <Drawn drawing={drawKey(mark, letter)} label="" />
          <span>{t(words)}</span>
        </li>
      ))}
    </ul>
  );
}
