// SPDX-License-Identifier: AGPL-3.0-or-later
// People outside the house, kept in mind. Sealed in my vault: nobody else knows that this list exists.
import { Plus } from "lucide-preact";
import { t } from "../../i18n";
import { ButtonLink, Disc, Row, Rows } from "../../ui";
import { useHouse } from "../house-context";

export function OutsideList() {
  const outside = useHouse().people.outside.value;
  return (
    <section class="stack" aria-labelledby="outside">
      <div>
        <h2 id="outside">{t("people.outside.title")}</h2>
        <p class="soft">{t("people.outside.say")}</p>
      </div>
      {outside.length > 0 && (
        <Rows>
          {outside.map(({ id, name, note }) => (
            <Row key={id} href={`/outside/${id}`} start={<Disc name={name} />} title={<bdi>{name}</bdi>} detail={note && <bdi>{note}</bdi>} />
          ))}
        </Rows>
      )}
      <div class="row">
        <ButtonLink icon={Plus} href="/outside/new">
          {t("people.outside.add")}
        </ButtonLink>
      </div>
      <p class="soft small">{t("people.outside.sealed")}</p>
    </section>
  );
}
