// SPDX-License-Identifier: AGPL-3.0-or-later
// Plays one sound: a button, a place in it that the keyboard can move, what has passed and how long it is. Nothing plays
// by itself. No picture of the waves: it would show others at a glance where a voice broke.
import { Pause, Play, RotateCcw } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Notice } from "../../ui";
import { ModelFailure } from "../../model/face";
import { sayFailure } from "../failure";
import { digits, sayLength } from "./length";
import type { About, Pieces } from "./sound";
import { usePlayer, type Player, type Wrong } from "./use-player";
import "./SoundPlayer.css";

const BACK_MS = 15_000;

export interface SoundPlayerProps {
  pieces: Pieces;
  about: About;
}

export function SoundPlayer({ pieces, about }: SoundPlayerProps) {
  const player = usePlayer(pieces, about);
  const begun = player.is !== "closed" || player.at > 0;
  return (
    <div class="sound-player" role="group" aria-label={t("voice.note", { length: sayLength(about.ms) })}>
      <audio preload="none" ref={player.audio} />
      <div class="sound-player-line">
        <PlayButton player={player} />
        <Place player={player} ms={about.ms} />
      </div>
      {begun && <More player={player} />}
      {player.wrong && <Notice tone={player.wrong === "press" ? "info" : "wrong"}>{sayWrong(player.wrong)}</Notice>}
    </div>
  );
}

function PlayButton({ player }: { player: Player }) {
  const { is } = player;
  if (is === "playing" || is === "opening")
    return (
      <Button icon={Pause} onClick={player.toggle}>
        {t(is === "opening" ? "voice.opening" : "voice.hold")}
      </Button>
    );
  return (
    <Button icon={Play} onClick={player.toggle}>
      {t(is === "ended" ? "voice.play.again" : "voice.play")}
    </Button>
  );
}

function Place({ player, ms }: { player: Player; ms: number }) {
  const said = t("voice.place.said", { at: sayLength(player.at), length: sayLength(ms) });
  return (
    <div class="sound-player-place">
      <input
        class="sound-player-range"
        aria-label={t("voice.place")}
        type="range"
        min={0}
        max={Math.max(1, Math.ceil(ms / 1000))}
        step={1}
        value={Math.floor(player.at / 1000)}
        aria-valuetext={said}
        onInput={(event) => player.seek(Number(event.currentTarget.value) * 1000)}
      />
      <span class="sound-player-time" aria-hidden="true">
        {digits(player.at)} / {digits(ms)}
      </span>
    </div>
  );
}

function More({ player }: { player: Player }) {
  return (
    <div class="sound-player-more">
      <Button look="plain" icon={RotateCcw} onClick={() => player.seek(Math.max(0, player.at - BACK_MS))}>
        {t("voice.back15")}
      </Button>
      <Button look="plain" onClick={player.nextSpeed}>
        {t("voice.speed", { speed: player.speed })}
      </Button>
    </div>
  );
}

function sayWrong(wrong: Wrong): string {
  if (wrong === "untrusted") return `${t("voice.wrong.untrusted")} ${t("voice.wrong.untrusted.next")}`;
  if (wrong === "gone" || wrong === "offline" || wrong === "kind" || wrong === "press") return t(`voice.wrong.${wrong}`);
  return sayFailure(new ModelFailure(wrong));
}
