// SPDX-License-Identifier: AGPL-3.0-or-later
// Versions that did not know of one another, as one page: all words of each, what is the same in both only once. The weight and
// the voice are those of the last that has any, for there is room for one.
import type { PageWords } from "../../model/face";

export function joined(versions: readonly PageWords[]): PageWords {
  const last = versions.at(-1);
  if (last === undefined) throw new RangeError("there is no version to join");
  const latest = <K extends "weight" | "weightAfter" | "voice" | "written">(key: K): PageWords[K] =>
    versions.reduce<PageWords[K]>((found, version) => version[key] ?? found, null as PageWords[K]);
  return {
    text: joinedText(versions.map(({ text }) => text)),
    day: last.day,
    feelings: [...new Set(versions.flatMap(({ feelings }) => feelings))],
    weight: latest("weight"),
    weightAfter: latest("weightAfter"),
    prompt: versions.find(({ prompt }) => prompt !== "")?.prompt ?? "",
    voice: latest("voice"),
    written: latest("written"),
  };
}

/** What all begin with and all end with stands once; what differs stands one after the other. By whole lines. */
function joinedText(texts: readonly string[]): string {
  const pages = [...new Set(texts)].map((text) => text.split("\n"));
  const shortest = Math.min(...pages.map(({ length }) => length));
  const same = (line: (page: string[], place: number) => string | undefined) => (place: number) => new Set(pages.map((page) => line(page, place))).size === 1;
  const count = (most: number, isSame: (place: number) => boolean): number => {
    let number = 0;
    while (number < most && isSame(number)) number += 1;
    return number;
  };
  const head = count(shortest, same((page, place) => page[place]));
  const tail = count(shortest - head, same((page, place) => page[page.length - 1 - place]));
  const middles = pages.map((page) => page.slice(head, page.length - tail).join("\n")).filter((middle) => middle.trim() !== "");
  const first = pages[0] ?? [];
  return [first.slice(0, head).join("\n"), middles.join("\n\n"), tail > 0 ? first.slice(-tail).join("\n") : ""].filter((part) => part !== "").join("\n");
}
