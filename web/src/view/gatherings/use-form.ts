// SPDX-License-Identifier: AGPL-3.0-or-later
// The form of a new gathering as it stands, kept sealed on this device until it is set, and what the model is asked for.
import type { GatheringWords, Gatherings, Repeat } from "../../model/face";
import { toLocalField } from "../ask/times";
import { useHouse } from "../house-context";
import { myZone } from "./words";

export const NO_WORDS: GatheringWords = { title: "", text: "", question: "" };
const DAY = 86_400_000;

export interface Form {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly repeat: Repeat;
  readonly count: number;
  readonly minutes: number;
  readonly turnSeconds: number;
  readonly about: "none" | "one" | "each";
  /** One for each meeting of a class; the first is the theme of all otherwise. */
  readonly words: readonly GatheringWords[];
}

export type Asked = Parameters<Gatherings["schedule"]>[1];

function firstForm(): Form {
  const [date = ""] = toLocalField(Date.now() + DAY).split("T");
  return { date, time: "19:00", zone: myZone(), repeat: "none", count: 6, minutes: 60, turnSeconds: 180, about: "none", words: [NO_WORDS] };
}

export const meetings = ({ repeat, count }: Form): number => (repeat === "none" ? 1 : count);

/** As many words as there are meetings; what was written for a meeting that fell away is still in the form. */
export const wordsOf = (form: Form): GatheringWords[] => Array.from({ length: meetings(form) }, (_, i) => form.words[i] ?? NO_WORDS);

const trimmed = ({ title, text, question }: GatheringWords): GatheringWords => ({ title: title.trim(), text: text.trim(), question: question.trim() });

export function toAsked(form: Form): Asked {
  const { date, time, zone, repeat, minutes, turnSeconds, about } = form;
  const words = about === "none" ? [] : about === "one" ? wordsOf(form).slice(0, 1) : wordsOf(form);
  return { start: `${date}T${time}`, zone, repeat, count: meetings(form), minutes, turnSeconds, words: words.map(trimmed) };
}

/** Why it cannot be set as it stands. A time in another zone is judged by the house. */
export function wrongTime({ date, time, zone }: Form): "missing" | "past" | null {
  if (date === "" || time === "") return "missing";
  return zone === myZone() && new Date(`${date}T${time}`).getTime() <= Date.now() ? "past" : null;
}

export function useForm(room: string) {
  const { drafts } = useHouse();
  const key = `gathering:new:${room}`;
  const kept = drafts.read(key).value?.text;
  const form: Form = kept ? { ...firstForm(), ...(JSON.parse(kept) as Partial<Form>) } : firstForm();
  const change = (part: Partial<Form>) => drafts.write(key, { text: JSON.stringify({ ...form, ...part }) });
  return {
    form,
    change,
    describe(at: number, words: GatheringWords) {
      const all = [...form.words];
      while (all.length <= at) all.push(NO_WORDS);
      all[at] = words;
      change({ words: all });
    },
    clear: () => drafts.clear(key),
  };
}
