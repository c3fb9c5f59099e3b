// SPDX-License-Identifier: AGPL-3.0-or-later
// One line of a talk. Words of a person become an Entry; small events and honest gaps are one quiet sentence.
import { CircleAlert, Footprints, Sparkle, Unplug, type LucideIcon } from "lucide-preact";
import { t } from "../../i18n";
import type { Line } from "../../model/face";
import { Icon } from "../../ui";
import { Entry } from "./Entry";
import { inLineOf, type Talking } from "./talking";
import { When } from "./WhenWords";

export function LogLine({ line, talking: whole }: { line: Line; talking: Talking }) {
  const talking = "author" in line ? inLineOf(whole, line.author) : whole;
  const { name, circle } = talking;
  switch (line.is) {
    case "erased":
      return <Quiet at={line.at} talking={talking} words={circle && !line.mine ? t("circles.erased") : t(line.mine ? "talk.erased.mine" : "talk.erased.theirs", { name })} />;
    case "missing":
      return <Quiet icon={Unplug} talking={talking} words={t("talk.missing")} />;
    case "untrusted":
      return (
        <Quiet icon={CircleAlert} at={line.at} talking={talking} words={t("talk.untrusted", { name })}>
          <details class="quiet-line-details">
            <summary>{t("talk.untrusted.details")}</summary>
            <code>{line.reason}</code>
          </details>
        </Quiet>
      );
    case "entry":
      break;
  }
  const { content, mine, at } = line;
  if (content.kind === "name") {
    const words = t(mine ? "talk.name.mine" : "talk.name.theirs", { name, to: content.name });
    return <Quiet at={at} talking={talking} words={words} />;
  }
  if (content.kind === "unknown") return <Quiet at={at} talking={talking} words={t(mine ? "talk.unknown.mine" : "talk.unknown", { name })} />;
  if (content.kind === "goodbye" && content.text === "")
    return <Quiet icon={Footprints} at={at} talking={talking} words={t(mine ? "talk.goodbye.mine" : "talk.goodbye.theirs", { name })} />;
  if (content.kind === "thought" && content.text === "" && line.place.is === "sent" && line.place.undoUntil === null)
    return <Quiet icon={Sparkle} at={at} talking={talking} words={t(mine ? "talk.thought.mine" : "talk.thought.theirs", { name })} />;
  return <Entry line={line} talking={talking} />;
}

interface QuietProps {
  words: string;
  talking: Talking;
  at?: number;
  icon?: LucideIcon;
  children?: preact.ComponentChildren;
}

function Quiet({ words, talking, at, icon, children }: QuietProps) {
  return (
    <div class="quiet-line">
      {icon && <Icon of={icon} size="s" />}
      <div class="quiet-line-words">
        <span>{words}</span> {at !== undefined && <When at={at} now={talking.now} />}
        {children}
      </div>
    </div>
  );
}
