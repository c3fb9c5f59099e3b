// SPDX-License-Identifier: AGPL-3.0-or-later
// The five things a person can want back, in the order they are offered, with the drawing that stands for each.
import { Armchair, Ear, Feather, Lightbulb, MessageCircleQuestion, type LucideIcon } from "lucide-preact";
import { t } from "../../i18n";
import type { Wish } from "../../model/face";
import type { ChoiceOption } from "../../ui";

export const WISHES: readonly Wish[] = ["listen", "ask", "stay", "ideas", "none"];

export const WISH_DRAWING: Record<Wish, LucideIcon> = {
  listen: Ear,
  ask: MessageCircleQuestion,
  stay: Armchair,
  ideas: Lightbulb,
  none: Feather,
};

export const sayWish = (wish: Wish): string => t(`talk.wish.${wish}`);

export const wishOptions = (): ChoiceOption<Wish>[] => WISHES.map((value) => ({ value, label: sayWish(value) }));
