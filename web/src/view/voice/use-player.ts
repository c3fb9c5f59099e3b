// SPDX-License-Identifier: AGPL-3.0-or-later
// The hands of a player: opens the sound when it is first asked for, never by itself, and says where it is. A sound that
// failed on the way can be opened again and goes on where it was.
import { useEffect, useRef, useState } from "preact/hooks";
import type { FailureCode } from "../../model/face";
import { failureOf } from "../failure";
import { openSound, speak, type About, type Pieces, type Sound } from "./sound";

/** "kind": the browser cannot play it. "press": it wants the button pressed once more (a browser's own rule). */
export type Wrong = FailureCode | "kind" | "press";

export interface Player {
  readonly audio: { current: HTMLAudioElement | null };
  readonly is: "closed" | "opening" | "playing" | "paused" | "ended";
  readonly wrong: Wrong | null;
  /** Where it is, in ms. */
  readonly at: number;
  readonly speed: number;
  toggle(): void;
  seek(ms: number): void;
  nextSpeed(): void;
}

const SPEEDS = [1, 1.25, 1.5];

export function usePlayer(pieces: Pieces, about: About): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const sound = useRef<Sound | null>(null);
  const [is, setIs] = useState<Player["is"]>("closed");
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);

  const close = () => {
    sound.current?.close();
    sound.current = null;
  };

  const fail = (why: Wrong) => {
    close();
    setIs("closed");
    setWrong(why);
  };

  const open = async (element: HTMLAudioElement) => {
    if (!element.canPlayType(about.type)) return fail("kind");
    const opened = openSound(element, pieces, about);
    sound.current = opened;
    element.currentTime = at / 1000; // kept by the element until it knows its sound
    opened.whole.catch((error: unknown) => sound.current === opened && fail(failureOf(error).code));
  };

  const play = async (element: HTMLAudioElement) => {
    setWrong(null);
    setIs("opening");
    if (!sound.current) await open(element);
    const opened = sound.current;
    if (!opened) return;
    speak(element);
    if (!element.src) await opened.whole.catch(() => undefined);
    element.playbackRate = speed;
    await element.play().catch((error: unknown) => {
      if (sound.current !== opened) return;
      if (error instanceof Error && error.name === "AbortError") return setIs("paused"); // somebody paused meanwhile
      if (error instanceof Error && error.name === "NotAllowedError") return (setIs("paused"), setWrong("press"));
      fail("kind");
    });
  };

  useEffect(() => {
    const element = audio.current!;
    const place = () => sound.current && setAt(element.currentTime * 1000);
    const on: Record<string, () => unknown> = {
      playing: () => (setWrong(null), setIs("playing")),
      waiting: () => setIs("opening"),
      pause: () => sound.current && setIs(element.ended ? "ended" : "paused"),
      ended: () => setIs("ended"),
      timeupdate: place,
      seeked: place,
      error: () => sound.current && fail("kind"),
    };
    for (const [name, run] of Object.entries(on)) element.addEventListener(name, run);
    return () => {
      for (const [name, run] of Object.entries(on)) element.removeEventListener(name, run);
      close();
    };
  }, []);

  return {
    audio,
    is,
    wrong,
    at: is === "ended" ? about.ms : Math.min(at, about.ms),
    speed,
    toggle() {
      const element = audio.current!;
      if (is === "playing" || is === "opening") element.pause();
      else void play(element);
    },
    seek(ms) {
      setAt(ms);
      if (is === "ended") setIs("paused");
      if (sound.current) audio.current!.currentTime = ms / 1000;
    },
    nextSpeed() {
      const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]!;
      setSpeed(next);
      audio.current!.playbackRate = next;
    },
  };
}
