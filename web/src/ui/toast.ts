// SPDX-License-Identifier: AGPL-3.0-or-later
// Short words about what was just done, with a way back. `toast()` may be called from any view; the shell shows them.
// Nothing may be told only here: it goes away by itself.
import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  text: string;
  undo?: { label?: string; run: () => void };
  /** The moment it goes away, on the clock of the page. */
  endsMs: number;
}

export const toasts = signal<readonly Toast[]>([]);

const MOST = 3;
let last = 0;

/** Shows it for `lastsMs` (8 seconds; with a way back 30). The returned function takes it away sooner. */
export function toast(text: string, options: { undo?: Toast["undo"]; lastsMs?: number } = {}): () => void {
  const lastsMs = options.lastsMs ?? (options.undo ? 30_000 : 8_000);
  const id = ++last;
  const item: Toast = { id, text, endsMs: Date.now() + lastsMs, ...(options.undo ? { undo: options.undo } : {}) };
  toasts.value = [...toasts.value, item].slice(-MOST);
  const timer = setTimeout(() => dropToast(id), lastsMs);
  return () => {
    clearTimeout(timer);
    dropToast(id);
  };
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((item) => item.id !== id);
}
