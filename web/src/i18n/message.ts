// SPDX-License-Identifier: AGPL-3.0-or-later
// What a message of the catalogue is, and how the gaps in it are filled. Types are read off the English words: a key that
// does not exist, or a gap left empty, does not compile.

/** Words with gaps in braces; or two forms, chosen by the number in the gap `{count}`. */
export type Message = string | { readonly one: string; readonly other: string };
export type Area = { readonly [key: string]: Message };
export type Areas = { readonly [area: string]: Area };

/** "people.title": the area, a dot, the key. */
export type KeyOf<C extends Areas> = {
  [A in keyof C & string]: `${A}.${keyof C[A] & string}`;
}[keyof C & string];

export type MessageAt<C extends Areas, K extends string> = K extends `${infer A}.${infer M}`
  ? A extends keyof C
    ? M extends keyof C[A]
      ? C[A][M]
      : never
    : never
  : never;

type Gaps<S extends string> = S extends `${string}{${infer G}}${infer Rest}` ? G | Gaps<Rest> : never;
export type GapsOf<M> = M extends string ? Gaps<M> : M extends { other: infer O extends string } ? Gaps<O> | "count" : never;

/** Splits words at their gaps: odd places are names of gaps. */
export function splitAtGaps(words: string): string[] {
  return words.split(/\{(\w+)\}/);
}

export function pickForm(message: Message, count: unknown, rules: Intl.PluralRules): string {
  if (typeof message === "string") return message;
  return rules.select(Number(count)) === "one" ? message.one : message.other;
}
