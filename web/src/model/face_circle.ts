/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The part of the model's face that circles are: three to eight people with agreements of their own (house.circles), their
 * meetings that take turns (house.gatherings), sitting together without words (house.sittings), carrying weight together
 * (house.carrying), what was given and received (house.giving), and the calendar feed (house.calendar). The rules at the top
 * of face.ts hold here, too.
 *
 * A circle, its room and its Log have one id: `circle.room`. A person has a name of their own choosing in each circle.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Id, Loading, Ms, MyInvite, OpenedInvite, Place, VoiceNote } from "./face";

// ---------------------------------------------------------------- circles

/** What a circle says of itself, sealed: only its members, and whoever holds one of its links, can read it. */
export interface CircleWords {
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  /** In lines; accepted at the door and shown at every gathering. */
  readonly agreements: string;
  /** What a newcomer finds on coming in, if the circle chose to hand something; "" for nothing. */
  readonly welcome: string;
}

/** What the house must know, to hold to it. In clear at the house. */
export interface CircleRules {
  /** 3–8 people; above 6 it takes two keepers. */
  readonly size: number;
  /** The line in the directory, for everybody in the house to read; null: it is not to be found there. */
  readonly line: string | null;
  /** Days after which what was said in the log fades for all; 0: never. */
  readonly fadeDays: number;
  /** The same for what was said in gatherings; 7 unless agreed otherwise. 0: never. */
  readonly gatheringFadeDays: number;
  /** Minutes after the start at which a gathering's door closes. */
  readonly doorMinutes: number;
}

export interface CircleMember {
  readonly person: Id;
  /** As they are called here; "" until heard. */
  readonly name: string;
  readonly me: boolean;
  readonly keeper: boolean;
}

/** Somebody at the door. */
export interface AtTheDoor {
  readonly person: Id;
  readonly name: string;
  /** What they wrote; "" for who came by a link. */
  readonly words: string;
  readonly at: Ms;
  /** asking: waits for a keeper's words. welcomed: was told yes, has not accepted yet. knocking: comes in as soon as a member's device is there. */
  readonly state: "asking" | "welcomed" | "knocking";
  /** Words for comparing by voice, since a request comes by the house's word alone; "" for who came by a link. */
  readonly compare: string;
}

export interface Circle {
  readonly room: Id;
  readonly words: CircleWords;
  readonly rules: CircleRules;
  /** Me first, then by name. */
  readonly members: readonly CircleMember[];
  readonly iKeep: boolean;
  /** I made it: nothing was said before I came. */
  readonly iFounded: boolean;
  /** Asking is opened by keepers only; others see who is on the way in. */
  readonly atTheDoor: readonly AtTheDoor[];
  /** settling: keys are being checked. gone: I left or was asked to leave (`parting`: the words, "" if none); what this device
      still holds of it is wiped when the person puts it away. */
  readonly state: "settling" | "alive" | "gone" | "untrusted";
  readonly parting: string;
  readonly spokeAt: Ms | null;
  readonly unread: boolean;
}

/** A circle that I have asked or knocked at. */
export interface MyRequest {
  readonly room: Id;
  /** The name if I know it (from a link, or once welcomed), else its line in the directory. */
  readonly name: string;
  readonly state: "asking" | "welcomed" | "declined" | "knocking";
  /** What the circle wrote back. */
  readonly answer: string;
  /** Known once welcomed: to be read before accepting. */
  readonly words: CircleWords | null;
  readonly at: Ms;
}

export interface ListedCircle {
  readonly room: Id;
  readonly line: string;
  readonly hasPlace: boolean;
  /** I am in it, or have asked. */
  readonly mine: boolean;
}

export interface Circles {
  /** The last spoken in first; those that are gone at the end. */
  readonly mine: ReadonlySignal<readonly Circle[]>;
  readonly state: ReadonlySignal<Loading>;
  circle(room: Id): ReadonlySignal<Circle | null>;
  /** Makes one, with me alone in it as its keeper. Needs the house. */
  found(how: { readonly words: CircleWords; readonly size: number; readonly myName: string }): Promise<Id>;
  setWords(room: Id, words: CircleWords): Promise<void>;
  /** Keepers. Rejects "two-keepers" for a size above 6 with one keeper. */
  setRules(room: Id, rules: CircleRules): Promise<void>;
  setMyName(room: Id, name: string): Promise<void>;
  /** Keepers. Rejects "last-keeper" when nobody would be left. */
  setKeeper(room: Id, person: Id, on: boolean): Promise<void>;

  /** A link by which up to USES people come in; any member's device admits them. Shown among house.invites.mine, too. */
  invite(room: Id, how: { readonly words: string; readonly forWhom: string; readonly expires: Ms; readonly uses: number }): Promise<MyInvite & { readonly link: string }>;
  /** For who opened a link of kind "circle" and accepts the agreements: knocks. Resolves with the room; the circle is in `requests`
      as knocking until it opens. Rejects "circle-full", "already-member". */
  knock(invite: OpenedInvite, myName: string): Promise<Id>;

  readonly directory: ReadonlySignal<readonly ListedCircle[]>;
  readonly directoryState: ReadonlySignal<Loading>;
  loadDirectory(): Promise<void>;
  readonly requests: ReadonlySignal<readonly MyRequest[]>;
  /** Asks a listed circle to let me in. Keepers read NAME and WORDS. */
  request(room: Id, how: { readonly myName: string; readonly words: string }): Promise<void>;
  /** Takes a request back, or puts a declined one away. */
  withdraw(room: Id): Promise<void>;
  /** Accepts the agreements of a circle that said yes: then I am knocking. */
  accept(room: Id): Promise<void>;
  /** A keeper's answer, in words. */
  answer(room: Id, person: Id, how: { readonly welcome: boolean; readonly words: string }): Promise<void>;

  /** Leaves, silently or with a few words that go first. Needs the house. */
  leave(room: Id, goodbye: string): Promise<void>;
  /** A keeper asks someone to leave: the words go to them alone, then the key is changed without them. */
  askToLeave(room: Id, person: Id, words: string): Promise<void>;
  /** Wipes what this device holds of a circle that I am no longer in. */
  putAway(room: Id): Promise<void>;

  /** A few kind words for one person here, without my name: sealed to them alone. */
  kindness(room: Id, to: Id, text: string): Promise<Id>;
}

// ---------------------------------------------------------------- gatherings

/** ahead: not begun. over: ended. The rounds stand in this order. */
export type Stage = "ahead" | "opening" | "check-in" | "main" | "closing" | "over" | "cancelled";
export type Repeat = "none" | "weekly" | "fortnightly" | "monthly";

/** What one meeting of a series is about: sealed in the circle. All may be "". */
export interface GatheringWords {
  readonly title: string;
  /** A text to read. */
  readonly text: string;
  /** A question to speak or write to. */
  readonly question: string;
}

export interface GatheringInfo {
  readonly id: Id;
  readonly room: Id;
  readonly series: Id;
  readonly start: Ms;
  readonly minutes: number;
  readonly doorMinutes: number;
  /** How long a turn is meant to be; nobody is cut off. */
  readonly turnSeconds: number;
  readonly host: Id | null;
  /** Watches time and care beside the host. */
  readonly guardian: Id | null;
  readonly stage: Stage;
  readonly words: GatheringWords;
  /** One may come from ten minutes before the start until the door closes; who came before may always come back. */
  readonly doorOpens: Ms;
  readonly doorCloses: Ms;
  /** As it is now, by the house's clock; it changes by itself. */
  readonly door: "not-yet" | "open" | "closed";
}

export interface GatheringPerson {
  readonly person: Id;
  readonly name: string;
  readonly me: boolean;
  /** Their device is there now. */
  readonly here: boolean;
  /** Has not had a turn in this round yet. */
  readonly waits: boolean;
}

/** What was said in a gathering. */
export interface Turn {
  readonly key: string;
  readonly id: Id;
  readonly stage: Stage;
  readonly author: Id;
  readonly mine: boolean;
  readonly at: Ms;
  /** Said into somebody else's turn, who had asked for it. */
  readonly reply: boolean;
  /** faded: its time is over, the words are gone. */
  readonly is: "said" | "faded" | "untrusted";
  readonly text: string;
  readonly voice: VoiceNote | null;
  readonly place: Place;
}

export interface Gathering extends GatheringInfo {
  /** In the order of turns. */
  readonly people: readonly GatheringPerson[];
  readonly holder: Id | null;
  readonly iHold: boolean;
  readonly iAmIn: boolean;
  /** I host it, or the host was waited for and is not here. */
  readonly mayBegin: boolean;
  readonly stageBegan: Ms;
  readonly turnBegan: Ms;
  readonly repliesWelcome: boolean;
  /** Somebody rang the bell: all pause until then; null: no pause. */
  readonly pausedUntil: Ms | null;
  /** The holder's device has been away long enough to pass over gently; for host and guardian also when the turn has lasted
      more than three times its length. */
  readonly mayPassOver: boolean;
  /** Who showed "I'm here" in the last moments. Never stored. */
  readonly signs: readonly Id[];
  readonly turns: readonly Turn[];
  /** When its words fade for all; null: never, or not over yet. */
  readonly fades: Ms | null;
  /** Fewer than three are here: said kindly, and sitting together is offered instead. */
  readonly few: boolean;
}

export interface Gatherings {
  /** Ahead of me in all my circles, soonest first; those that go on now among them. */
  readonly coming: ReadonlySignal<readonly GatheringInfo[]>;
  /** All of a circle that are ahead, going on, or over and not faded; by time. */
  inCircle(room: Id): ReadonlySignal<readonly GatheringInfo[]>;
  readonly state: ReadonlySignal<Loading>;
  /** Follows one while somebody reads the signal; null until it is known. */
  gathering(id: Id): ReadonlySignal<Gathering | null>;
  /** The house's time now: all times here are of its clock, and a device's own may differ. */
  now(): Ms;

  /** START as the wall clock of ZONE says it ("2026-12-01T19:00", "Europe/Berlin"): each meeting is at that hour, summer and winter. */
  schedule(room: Id, how: {
    readonly start: string;
    readonly zone: string;
    readonly repeat: Repeat;
    readonly count: number;
    readonly minutes: number;
    readonly turnSeconds: number;
    /** One for each meeting, or one for all, or none. */
    readonly words: readonly GatheringWords[];
  }): Promise<readonly Id[]>;
  describe(id: Id, words: GatheringWords): Promise<void>;
  move(id: Id, start: Ms, minutes: number): Promise<void>;
  /** REST: also all that follow it in its series. */
  cancel(id: Id, rest: boolean): Promise<void>;
  /** Hold the next one, or give it up; the same for the guardian. Rejects "taken". */
  setHost(id: Id, on: boolean): Promise<void>;
  setGuardian(id: Id, on: boolean): Promise<void>;

  /** Takes a seat; keeps it alive as long as this page is open. Rejects "door-closed", "too-early" (detail: when it opens). */
  come(id: Id): Promise<void>;
  /** Silent and unmarked. */
  go(id: Id): Promise<void>;
  /** The host (or anyone, some minutes after the start, if the host is not here) begins. */
  begin(id: Id): Promise<void>;
  /** The host or guardian: from the opening to the check-in round, and from one round to the next before all have had a turn. */
  on(id: Id): Promise<void>;
  /** The holder hands the piece on: having spoken or not is the same. */
  handOn(id: Id): Promise<void>;
  /** For a holder whose device has been away: they keep their place and have their turn at the end of the round. */
  passOver(id: Id): Promise<void>;
  /** The holder says whether replies are welcome in this turn. */
  welcomeReplies(id: Id, on: boolean): Promise<void>;
  /** All pause for thirty seconds. */
  bell(id: Id): Promise<void>;
  /** Host or guardian ends it early. */
  end(id: Id): Promise<void>;
  /** "I'm here": the one sign for those who listen. */
  sign(id: Id): Promise<void>;
  /** Says something in my turn (or in another's, when replies are welcome). Refused out of turn: then the words are kept as the draft
      "gathering:<id>". */
  say(id: Id, what: { readonly text: string; readonly voice?: VoiceNote }): Promise<Id>;
  /** The guardian's private "all right?" to one person. */
  allRight(id: Id, person: Id): Promise<Id>;
}

// ---------------------------------------------------------------- sitting together

export interface Sitting {
  readonly room: Id;
  readonly sit: Id;
  /** Lights: who sits now, me among them if I do. By name only within bond or circle. */
  readonly people: readonly { readonly person: Id; readonly name: string; readonly me: boolean }[];
  /** When it was opened, and when the bell is to end it; null: when one likes. */
  readonly began: Ms;
  readonly ends: Ms | null;
  readonly iSit: boolean;
}

export interface Sittings {
  /** Those I could join now or sit in, the newest first. Nothing of them is kept anywhere. */
  readonly open: ReadonlySignal<readonly Sitting[]>;
  /** The one I sit in. */
  readonly mine: ReadonlySignal<Sitting | null>;
  /** Somebody's thanks for sitting that just came; put away by itself. */
  readonly thanks: ReadonlySignal<{ readonly room: Id; readonly person: Id } | null>;
  /** Opens a seat or joins one (SIT given: also the id of an ask of kind "sit"). MINUTES: only for who opens it; null: as long as one likes. */
  sit(room: Id, how: { readonly sit?: Id; readonly minutes: number | null }): Promise<Id>;
  /** One touch, unmarked. */
  leave(): Promise<void>;
  /** To those who sat with me and are still there. */
  thank(room: Id, sit: Id): Promise<void>;
}

// ---------------------------------------------------------------- carrying the weight

/** "Could someone bring supper on Thursday?" */
export interface Help {
  readonly id: Id;
  readonly room: Id;
  readonly by: Id;
  readonly mine: boolean;
  readonly at: Ms;
  readonly text: string;
  readonly when: Ms | null;
  readonly state: "open" | "taken" | "done" | "taken-back";
  readonly takenBy: Id | null;
  readonly iTook: boolean;
  /** Thanks in words, for who did it. */
  readonly thanks: readonly { readonly by: Id; readonly text: string }[];
  readonly place: Place;
}

export type PlanAnswer = "yes" | "maybe" | "not-this-time";

export interface Plan {
  readonly id: Id;
  readonly room: Id;
  readonly by: Id;
  readonly mine: boolean;
  readonly text: string;
  readonly where: string;
  readonly start: Ms;
  readonly minutes: number;
  readonly answers: readonly { readonly person: Id; readonly answer: PlanAnswer }[];
  readonly myAnswer: PlanAnswer | null;
  readonly state: "ahead" | "past" | "taken-back";
  readonly place: Place;
}

export interface Carrying {
  /** In a circle or bond: open ones first, then taken, then done ones of the last two weeks. */
  helps(room: Id): ReadonlySignal<readonly Help[]>;
  askHelp(room: Id, how: { readonly text: string; readonly when: Ms | null }): Promise<Id>;
  take(room: Id, help: Id): Promise<void>;
  handBack(room: Id, help: Id): Promise<void>;
  done(room: Id, help: Id): Promise<void>;
  thank(room: Id, help: Id, text: string): Promise<void>;
  plans(room: Id): ReadonlySignal<readonly Plan[]>;
  /** Of others, as far as it is at hand here (nothing older is fetched for it): what nobody has taken on, and plans that I have not answered. */
  waiting(room: Id): ReadonlySignal<{ readonly helps: readonly Help[]; readonly plans: readonly Plan[] }>;
  plan(room: Id, how: { readonly text: string; readonly where: string; readonly start: Ms; readonly minutes: number }): Promise<Id>;
  /** A yes puts its time (nothing else) into my calendar feed, if I have one. */
  answerPlan(room: Id, plan: Id, answer: PlanAnswer): Promise<void>;
  /** Mine: takes a help or plan back. */
  takeBack(room: Id, id: Id): Promise<void>;
}

// ---------------------------------------------------------------- giving and receiving

export type Afterwards = "lighter" | "same" | "heavier";

/** Something that has just been done together, after which one may say how one is. */
export interface JustDone {
  readonly what: "gathering" | "sitting" | "ask";
  readonly room: Id;
  readonly id: Id;
}

export interface Gift {
  readonly id: Id;
  readonly way: "gave" | "received";
  readonly text: string;
  readonly day: string;
  readonly at: Ms;
  readonly place: Place;
}

export interface Giving {
  /** In words, in my own room, newest first. No totals, and no side is weighed against the other. */
  readonly gifts: ReadonlySignal<readonly Gift[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  loadOlder(): Promise<void>;
  write(gift: { readonly way: "gave" | "received"; readonly text: string; readonly day: string }): Promise<Id>;
  letGo(id: Id): Promise<void>;
  /** What I said of it, if anything; for me alone. */
  afterwards(id: Id): ReadonlySignal<Afterwards | null>;
  sayAfterwards(of: JustDone, feel: Afterwards): Promise<void>;
}

// ---------------------------------------------------------------- calendar

export interface CalendarFeed {
  /** The secret address that a calendar program reads. */
  readonly address: string;
  /** What stands in the calendar in place of what it is: neutral. In clear at the house. */
  readonly title: string;
}

export interface Calendar {
  /** Null: there is no feed. */
  readonly feed: ReadonlySignal<CalendarFeed | null>;
  readonly state: ReadonlySignal<Loading>;
  /** Makes one, or a new address in place of the old one, which answers nothing from then on. */
  make(title: string): Promise<void>;
  off(): Promise<void>;
}
