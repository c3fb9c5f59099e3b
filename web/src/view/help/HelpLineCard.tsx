// SPDX-License-Identifier: AGPL-3.0-or-later
// One service: its numbers to press, how else to get through, when, in which languages, and how old this knowledge is.
import { MessageSquare, Phone } from "lucide-preact";
import { formatDate, t } from "../../i18n";
import { Icon, OutsideLink } from "../../ui";
import { ageOf, type HelpLine } from "./helplines";

export function HelpLineCard({ line, urgent = false }: { line: HelpLine; urgent?: boolean }) {
  const Heading = urgent ? "h2" : "h3";
  return (
    <article class={`help-line${urgent ? " help-line-urgent" : ""}`}>
      <Heading class="help-line-name">{urgent ? t("help.emergency") : line.service}</Heading>
      {urgent && <p>{t("help.emergencyLead")}</p>}
      {line.numbers.length > 0 && (
        <ul class="help-line-numbers" role="list">
          {line.numbers.map((number) => (
            <li key={number.text}>
              {number.dial ? (
                <OutsideLink href={`tel:${number.dial}`} class="help-line-number">
                  <Icon of={Phone} />
                  <span>{number.text}</span>
                </OutsideLink>
              ) : (
                <span class="help-line-number help-line-words">{number.text}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {line.chat && (
        <p class="help-line-way">
          <Icon of={MessageSquare} size="s" />
          <span>{line.chat}</span>
        </p>
      )}
      <Facts line={line} urgent={urgent} />
    </article>
  );
}

function Facts({ line, urgent }: { line: HelpLine; urgent: boolean }) {
  const old = ageOf(line.date, new Date()) !== "fresh";
  return (
    <div class="help-line-facts">
      {line.hours && !urgent && <p>{line.hours === "24/7" ? t("help.always") : t("help.hours", { hours: line.hours })}</p>}
      {line.languages && <p>{t("help.languages", { languages: sayLanguages(line.languages) })}</p>}
      {line.web && (
        <p>
          <OutsideLink href={line.web}>{line.web.replace(/^https:\/\/(www\.)?|\/$/g, "")}</OutsideLink>
        </p>
      )}
      <p>
        {line.date ? t("help.checked", { date: sayDate(line.date) }) : t("help.noDate")} {old && <strong>{t("help.old")}</strong>}
      </p>
    </div>
  );
}

/** Codes become names where they are codes; words stay. */
function sayLanguages(text: string): string {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return text.replace(/\b[a-z]{2,3}\b(?=,|;|$| and)/g, (code) => {
    const name = names.of(code);
    return name && name !== code ? name : code;
  });
}

function sayDate(date: string): string {
  const [year = "", month, day] = date.split("-");
  if (day) return formatDate(new Date(`${date}T12:00:00`).getTime());
  if (!month) return year;
  return new Date(`${date}-15T12:00:00`).toLocaleDateString("en", { month: "long", year: "numeric" });
}
