// SPDX-License-Identifier: AGPL-3.0-or-later
// The sentence for what went wrong. A screen with better words for one code says them itself and leaves the rest to this.
import { ModelFailure } from "../model/face";
import { t } from "../i18n";

export function failureOf(error: unknown): ModelFailure {
  return error instanceof ModelFailure ? error : new ModelFailure("unexpected");
}

export function sayFailure(error: unknown): string {
  const failure = failureOf(error);
  if (failure.code === "busy") {
    const seconds = Math.max(1, Math.ceil((failure.retryAfterMs ?? 1000) / 1000));
    return t("failure.busy", { count: seconds });
  }
  return t(`failure.${failure.code}`);
}
