// SPDX-License-Identifier: AGPL-3.0-or-later
// The questions that a page can begin with, in the person's language, loaded when the first page is opened.
import type { prompts } from "./en/prompts";

export type PromptKey = keyof typeof prompts;
export type Prompts = Readonly<Record<PromptKey, string>>;

let loading: Promise<Prompts> | null = null;

/** Asked again after a failure: the network may be back. */
export function loadPrompts(): Promise<Prompts> {
  loading ??= import("./en/prompts").then(({ prompts }) => prompts);
  loading.catch(() => (loading = null));
  return loading;
}

export function isPrompt(prompts: Prompts, key: string): key is PromptKey {
  return Object.hasOwn(prompts, key);
}
