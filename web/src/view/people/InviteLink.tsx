// SPDX-License-Identifier: AGPL-3.0-or-later
// One link, ready to hand over: by another app, by copying, or by letting someone point a camera at it.
import { useRef } from "preact/hooks";
import { Copy, Share2 } from "lucide-preact";
import { t } from "../../i18n";
import { Button, toast } from "../../ui";
import { QRCode } from "../../ui/QRCode";

/** TEXT: what goes with it into another app; that of a safe person, if none is given. */
export function InviteLink({ link, until, text }: { link: string; until: string; text?: string }) {
  const shown = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      toast(t("people.invite.copied"));
    } catch {
      shown.current?.select();
      toast(t("people.invite.copyfailed"));
    }
  };
  const hand = async () => {
    try {
      await navigator.share({ text: text ?? t("people.invite.share.text"), url: link });
    } catch {
      // The person closed the share sheet; the link is still here.
    }
  };
  return (
    <div class="invite-link">
      <div class="invite-link-qr">
        <QRCode text={link} label={t("people.invite.qr")} />
        <p class="soft small">{t("people.invite.qr.say")}</p>
      </div>
      <div class="invite-link-ways">
        <div class="field">
          <label class="field-label" for="invite-link">
            {t("people.invite.link")}
          </label>
          <input id="invite-link" class="field-input" autocomplete="off" readOnly value={link} dir="ltr" ref={shown} onFocus={(event) => event.currentTarget.select()} />
        </div>
        {"share" in navigator && (
          <Button look="main" icon={Share2} wide onClick={() => void hand()}>
            {t("people.invite.share")}
          </Button>
        )}
        <Button icon={Copy} wide onClick={() => void copy()}>
          {t("people.invite.copy")}
        </Button>
        <p class="soft small">{t("people.invite.until", { when: until })}</p>
      </div>
    </div>
  );
}
