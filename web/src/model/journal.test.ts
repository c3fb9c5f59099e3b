/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Pages and letters, the small pure pieces: what goes when a version goes, what an edit names, what their entries say, and
// a time that no turned clock moves. The rest is told in tests/story.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toContent, toJson, voicesOf } from "./content";
import { createCore } from "./core";
import type { LetterWords, PageWords, VoiceNote } from "./face";
import { madeFrom } from "./journal";
import type { Platform } from "./platform";
import { versionBacks } from "./sharing";
import type { Standing, StandingVersion } from "./shelf";

const ID = (letter: string) => `${letter.repeat(21)}A`;
const note = (voice: string): VoiceNote => ({ voice: ID(voice), key: "k", digest: "d", ms: 1000, chunks: 1, type: "audio/webm" });
const PAGE: PageWords = { text: "", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null };

const version = (id: string, more: Partial<StandingVersion> = {}): StandingVersion =>
  ({ id: ID(id), at: 0, after: [], place: { is: "sent", undoUntil: null }, page: PAGE, letter: null, checkin: null, ...more });

const standing = (versions: readonly StandingVersion[], newest = versions.slice(-1)): Standing =>
  ({ id: versions[0]!.id, kind: "page", at: 0, versions, newest, shared: [], sending: [] });

test("a voice goes with the last version that has it, not with an earlier one", () => {
  const whole = standing([
    version("a", { page: { ...PAGE, voice: note("v") } }),
    version("b", { page: { ...PAGE, voice: note("v") } }),
    version("c", { page: { ...PAGE, voice: note("w") } }),
  ]);
  const voices = (which: readonly number[]) => versionBacks(ID("r"), whole, which.map((i) => whole.versions[i]!)).map((back) => back.voices);
  assert.deepEqual(voices([0]), [[]]);
  assert.deepEqual(voices([0, 1]), [[ID("v")], [ID("v")]]);
  assert.deepEqual(voices([0, 1, 2]), [[ID("v")], [ID("v")], [ID("w")]]);
});

test("the first entry is taken back after the edits that stay are with the house, and at once when all go", () => {
  const whole = standing([version("a"), version("b"), version("c")]);
  const after = (which: readonly number[]) => versionBacks(ID("r"), whole, which.map((i) => whole.versions[i]!)).map((back) => back.after);
  assert.deepEqual(after([0]), [[ID("b"), ID("c")]]);
  assert.deepEqual(after([1]), [[]]);
  assert.deepEqual(after([0, 1, 2]), [[], [], []]);
});

test("a letter that is sealed with a voice takes the voice along when it is let go", () => {
  const sealed: LetterWords = { to: "her", text: "", voice: null, until: 5, sealed: "AQ", sealedVoice: ID("v") };
  const [back] = versionBacks(ID("r"), standing([version("a", { page: null, letter: sealed })]), [version("a", { page: null, letter: sealed })]);
  assert.deepEqual(back?.voices, [ID("v")]);
});

test("an edit names what its writer saw, each once, the last sixteen at most; without that, what stands", () => {
  const whole = standing([version("a"), version("b"), version("c")], [version("b"), version("c")]);
  assert.deepEqual(madeFrom(whole, []), [ID("b"), ID("c")]);
  assert.deepEqual(madeFrom(whole, [ID("b"), ID("b")]), [ID("b")]);
  const many = Array.from("abcdefghijklmnopqrstuvw", ID);
  assert.deepEqual(madeFrom(whole, many), many.slice(-16));
});

test("what pages, letters and edits say comes back as it was; a voice note in any of them is found", () => {
  const letter: LetterWords = { to: "me", text: "", voice: null, until: 7, sealed: "AQ", sealedVoice: ID("s") };
  const page = { ...PAGE, text: "words", voice: note("v") };
  for (const [content, voices] of [
    [{ kind: "page", page }, [ID("v")]],
    [{ kind: "letter", letter }, [ID("s")]],
    [{ kind: "letter", letter: { to: "me", text: "t", voice: note("w"), until: null, sealed: null } }, [ID("w")]],
    [{ kind: "edit", of: ID("a"), after: [ID("b")], page, letter: null }, [ID("v")]],
    [{ kind: "edit", of: ID("a"), after: [ID("b")], page: null, letter }, [ID("s")]],
    [{ kind: "shared", of: ID("a"), room: ID("b"), entry: ID("c"), voice: null }, []],
    [{ kind: "shared", of: ID("a"), room: ID("b"), entry: ID("c"), voice: ID("v") }, []],
    [{ kind: "share", text: "t", wish: "none", checkin: null, voice: note("x"), note: null }, [ID("x")]],
    [{ kind: "reply", to: ID("a"), text: "t", voice: null }, []],
  ] as const) {
    const read = toContent(JSON.parse(JSON.stringify(toJson(content))) as Record<string, unknown>);
    assert.deepEqual(read, content);
    assert.deepEqual(voicesOf(read), voices);
  }
  assert.equal(toContent({ v: 1, kind: "letter", letter: { ...letter, sealedVoice: "not an id" } }).kind, "letter");
});

test("the house's time is unknown until it is heard, and is moved by no clock that is turned", () => {
  let [clock, ticks] = [1_000_000, 50];
  const core = createCore({ now: () => clock, ticks: () => ticks, setTimeout: () => 0, clearTimeout: () => undefined } as unknown as Platform);
  assert.equal(core.houseNow(), null);
  core.heardTime(5_000_000);
  assert.deepEqual([core.houseNow(), core.offsetMs], [5_000_000, 4_000_000]);
  clock += 90 * 86_400_000;
  ticks += 1234.5;
  assert.equal(core.houseNow(), 5_001_234);
  clock = 0;
  assert.equal(core.houseNow(), 5_001_234);
});
