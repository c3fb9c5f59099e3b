// SPDX-License-Identifier: AGPL-3.0-or-later
// A feed for one's own calendar program: times under a neutral title, behind an address that is a secret.
import { useRef, useState } from "preact/hooks";
import { Copy } from "lucide-preact";
import { t } from "../../i18n";
import type { CalendarFeed } from "../../model/face";
import { Button, ButtonLink, Card, Field, Loading, Notice, Page, toast } from "../../ui";
import { QRCode } from "../../ui/QRCode";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useTask } from "../use-task";

export function Calendar() {
  const { calendar } = useHouse();
  const feed = calendar.feed.value;
  const waiting = feed === null && calendar.state.value.is === "loading";
  return (
    <Page title={t("me.calendar")} lead={t("calendar.lead")} back={{ href: "/me" }}>
      {waiting && <Loading>{t("calendar.loading")}</Loading>}
      {!waiting && feed === null && <Make />}
      {feed !== null && <Feed feed={feed} />}
      <Card look="sunken" title={t("calendar.shows")}>
        <p>{t("calendar.shows.say")}</p>
      </Card>
    </Page>
  );
}

function Make() {
  const { calendar } = useHouse();
  const making = useTask();
  const [title, setTitle] = useState(t("calendar.title.neutral"));
  return (
    <Card>
      <Field label={t("calendar.title")} hint={t("calendar.title.hint")} value={title} onInput={setTitle} maxLength={60} />
      {making.wrong && <Notice tone="wrong">{making.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={making.busy} disabled={title.trim() === ""} onClick={() => void making.run(() => calendar.make(title.trim()))}>
          {t("calendar.make")}
        </Button>
      </div>
    </Card>
  );
}

function Feed({ feed: { address, title } }: { feed: CalendarFeed }) {
  const { calendar } = useHouse();
  const shown = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState<"change" | "off" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast(t("calendar.copied"));
    } catch {
      shown.current?.select();
      toast(t("people.invite.copyfailed"));
    }
  };
  return (
    <Card title={t("calendar.on", { title })}>
      <QRCode text={address} label={t("calendar.qr")} />
      <div class="field">
        <label class="field-label" for="calendar-address">
          {t("calendar.address")}
        </label>
        <input id="calendar-address" class="field-input" autocomplete="off" readOnly value={address} dir="ltr" ref={shown} onFocus={(event) => event.currentTarget.select()} />
      </div>
      <div class="row">
        <Button look="main" icon={Copy} onClick={() => void copy()}>
          {t("calendar.copy")}
        </Button>
        <ButtonLink href={address.replace(/^https?:/, "webcal:")}>{t("calendar.open")}</ButtonLink>
      </div>
      <p class="soft">{t("calendar.secret")}</p>
      <div class="row">
        <Button look="plain" onClick={() => setAsking("change")}>
          {t("calendar.change")}
        </Button>
        <Button look="plain" onClick={() => setAsking("off")}>
          {t("calendar.off")}
        </Button>
      </div>
      {asking !== null && (
        <Confirm
          title={t(`calendar.${asking}.ask`)}
          yes={t(`calendar.${asking}`)}
          run={() => (asking === "change" ? calendar.make(title) : calendar.off())}
          done={t(`calendar.${asking}.done`)}
          onClose={() => setAsking(null)}
        >
          <p>{t(`calendar.${asking}.say`)}</p>
        </Confirm>
      )}
    </Card>
  );
}
