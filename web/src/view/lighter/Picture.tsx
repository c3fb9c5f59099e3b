// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture: a row of days for each month (or for four weeks), the newest first, and under each the words that feelings had
// in its weeks. What the marks mean stands above, in words.
import { t } from "../../i18n";
import { Drawn, useRoom, type Room } from "./Drawn";
import { draw } from "./drawing";
import type { Part, Span, Strip } from "./strips";
import { frameOf, keysOf, sayFeelings, sayGap, sayTime, sayWeek } from "./words";

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

function Key({ parts, letter }: { parts: readonly Part[]; letter: number }) {
  const keys = keysOf(parts, letter);
  if (keys.length === 0) return null;
  return (
    <ul class="lighter-key" role="list" aria-label={t("lighter.key.label")}>
      {keys.map(({ words, drawing }) => (
        <li key={words}>
          <Drawn drawing={drawing} label="" />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
