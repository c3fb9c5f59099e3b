// SPDX-License-Identifier: AGPL-3.0-or-later
// Which address shows which screen. Everything but the first few words of the shell is loaded when it is first opened.
// Three tables: for an open session, for nobody signed in, and what both may always see (help above all).
import { Redirect } from "wouter-preact";
import { bringInside } from "../../i18n";
import { lazy, type View } from "./lazy";
import { pendingLink } from "./pending-link";

export type Params = { readonly room?: string; readonly checkin?: string; readonly person?: string; readonly page?: string; readonly letter?: string; readonly sit?: string; readonly gathering?: string };

export interface Screen {
  readonly path: string;
  readonly show: View<Params>;
  /** Which entry of the navigation it belongs to. */
  readonly under: "today" | "journal" | "people" | "help" | "me";
}

const Today = inside(async () => (await import("../today/Today")).Today);
const Checkin = inside(async () => (await import("../checkin/Checkin")).Checkin);
const ShareCheckin = inside(async () => (await import("../checkin/ShareCheckin")).ShareCheckin);
const Journal = inside(async () => (await import("../journal")).Journal);
const NewPage = inside(async () => (await import("../journal")).NewPage);
const Guided = inside(async () => (await import("../journal")).Guided);
const Lighter = inside(async () => (await import("../lighter/Lighter")).Lighter);
const Bring = inside(async () => (await import("../importing/Bring")).Bring);
const ReadPage = withPage(async () => (await import("../journal")).ReadPage);
const EditPage = withPage(async () => (await import("../journal")).EditPage);
const SharePage = withPage(async () => (await import("../journal")).SharePage);
const Letters = inside(async () => (await import("../letters")).Letters);
const LetterNew = inside(async () => (await import("../letters")).LetterNew);
const Letter = withLetter(async () => (await import("../letters")).Letter);
const LetterEdit = withLetter(async () => (await import("../letters")).LetterEdit);
const SendLetter = withLetter(async () => (await import("../letters")).SendLetter);
const People = inside(async () => (await import("../people/People")).People);
const Talk = inside(async () => (await import("../talk/Talk")).Talk);
const PersonAbout = inside(async () => (await import("../people/PersonAbout")).PersonAbout);
const EndTalk = inside(async () => (await import("../talk/EndTalk")).EndTalk);
const Outside = inside(async () => (await import("../people/Outside")).Outside);
const InviteNew = inside(async () => (await import("../people/InviteNew")).InviteNew);
const Join = inside(async () => (await import("../join/Join")).Join);
const Thought = inside(async () => (await import("../thought/Thought")).Thought);
const Ask = inside(async () => (await import("../ask/Ask")).Ask);
const Circles = inside(async () => (await import("../circles")).Circles);
const NewCircle = inside(async () => (await import("../circles")).NewCircle);
const CircleTalk = inside(async () => (await import("../circles")).CircleTalk);
const CircleAbout = inside(async () => (await import("../circles")).CircleAbout);
const Carry = inside(async () => (await import("../carry")).Carry);
const Given = inside(async () => (await import("../given")).Given);
const Gatherings = inside(async () => (await import("../gatherings")).Gatherings);
const Gathering = inside(async () => (await import("../gatherings")).Gathering);
const NewGathering = inside(async () => (await import("../gatherings")).NewGathering);
const OpenSeat = inside(async () => (await import("../sit")).OpenSeat);
const Sit = inside(async () => (await import("../sit")).Sit);
const AskNext = inside(async () => (await import("../ask/AskNext")).AskNext);

const Arrive = lazy(async () => (await import("./coming-in")).Arrive);
const Welcome = lazy(async () => (await import("./coming-in")).Welcome);
const SignIn = lazy(async () => (await import("./coming-in")).SignIn);
const Recover = lazy(async () => (await import("./coming-in")).Recover);
const Help = lazy(async () => (await import("../help/Help")).Help);
const AboutHouse = lazy(async () => (await import("../house/AboutHouse")).AboutHouse);
const LeavingQuickly = lazy(async () => (await import("../safety/LeavingQuickly")).LeavingQuickly);
const FirstLeaving = lazy(async () => (await import("./coming-in")).FirstLeaving);
const FirstPassphrase = lazy(async () => (await import("./coming-in")).FirstPassphrase);

const Me = inside(async () => (await import("../settings")).Me);
const Name = inside(async () => (await import("../settings")).Name);
const Look = inside(async () => (await import("../settings")).Look);
const Quiet = inside(async () => (await import("../settings")).Quiet);
const Support = inside(async () => (await import("../settings")).Support);
const Bell = inside(async () => (await import("../settings")).Bell);
const Calendar = inside(async () => (await import("../settings")).Calendar);
const Lock = inside(async () => (await import("../settings")).Lock);
const Sessions = inside(async () => (await import("../settings")).Sessions);
const Passphrase = inside(async () => (await import("../settings")).Passphrase);
const NewCard = inside(async () => (await import("../settings")).NewCard);
const Export = inside(async () => (await import("../settings")).Export);
const DeleteAccount = inside(async () => (await import("../settings")).DeleteAccount);
const Blocks = inside(async () => (await import("../settings")).Blocks);

/** A route with a room in it, or none if the address lacks it. */
function withRoom(Show: View<{ room: string }>): View<Params> {
  return function WithRoom({ room }: Params) {
    return room === undefined ? null : <Show key={room} room={room} />;
  };
}

/** A screen of an open session: its words come before it. */
function inside<P extends object>(load: () => Promise<View<P>>): View<P> {
  return lazy(async () => {
    await bringInside();
    return load();
  });
}

/** A screen about one page. */
function withPage(load: () => Promise<View<{ page: string }>>): View<Params> {
  const Show = inside(load);
  return function WithPage({ page }: Params) {
    return page === undefined ? null : <Show key={page} page={page} />;
  };
}

function withLetter(load: () => Promise<View<{ letter: string }>>): View<Params> {
  const Show = inside(load);
  return function WithLetter({ letter }: Params) {
    return letter === undefined ? null : <Show key={letter} letter={letter} />;
  };
}

function ShareOneCheckin({ checkin }: Params) {
  return checkin === undefined ? null : <ShareCheckin key={checkin} checkin={checkin} />;
}

function OneOutside({ person }: Params) {
  return person === undefined ? null : <Outside key={person} person={person} />;
}

function OneSit({ room, sit }: Params) {
  return room === undefined || sit === undefined ? null : <Sit key={sit} room={room} sit={sit} />;
}

function OneGathering({ room, gathering }: Params) {
  return room === undefined || gathering === undefined ? null : <Gathering key={gathering} room={room} id={gathering} />;
}

function JoinByLink() {
  return <Join link={pendingLink.value} />;
}

/** What everyone may see, whoever they are. */
export const ALWAYS: readonly Screen[] = [
  { path: "/help", show: Help, under: "help" },
  { path: "/house", show: AboutHouse, under: "me" },
  { path: "/leaving", show: LeavingQuickly, under: "me" },
];

const WAYS_IN: readonly Screen[] = [
  { path: "/", show: Welcome, under: "today" },
  { path: "/join", show: Arrive, under: "today" },
  { path: "/sign-in", show: SignIn, under: "today" },
  { path: "/recover", show: Recover, under: "today" },
];

/** Shown at any address until they are done. */
export const FIRST_PASSPHRASE: Screen = { path: "/*?", show: FirstPassphrase, under: "me" };
export const FIRST_LEAVING: Screen = { path: "/*?", show: () => <FirstLeaving />, under: "me" };

const INSIDE: readonly Screen[] = [
  { path: "/", show: Today, under: "today" },
  { path: "/check-in", show: Checkin, under: "today" },
  { path: "/check-in/:checkin/share", show: ShareOneCheckin, under: "today" },
  { path: "/journal", show: Journal, under: "journal" },
  { path: "/journal/new", show: NewPage, under: "journal" },
  { path: "/journal/guided", show: Guided, under: "journal" },
  { path: "/journal/lighter", show: Lighter, under: "journal" },
  { path: "/journal/bring", show: Bring, under: "journal" },
  { path: "/journal/:page", show: ReadPage, under: "journal" },
  { path: "/journal/:page/edit", show: EditPage, under: "journal" },
  { path: "/journal/:page/share", show: SharePage, under: "journal" },
  { path: "/letters", show: Letters, under: "journal" },
  { path: "/letters/new", show: LetterNew, under: "journal" },
  { path: "/letters/:letter", show: Letter, under: "journal" },
  { path: "/letters/:letter/edit", show: LetterEdit, under: "journal" },
  { path: "/letters/:letter/send", show: SendLetter, under: "journal" },
  { path: "/given", show: Given, under: "journal" },
  { path: "/people", show: People, under: "people" },
  { path: "/people/:room", show: withRoom(Talk), under: "people" },
  { path: "/people/:room/about", show: withRoom(PersonAbout), under: "people" },
  { path: "/people/:room/carry", show: withRoom(Carry), under: "people" },
  { path: "/circles/:room/gatherings", show: withRoom(Gatherings), under: "people" },
  { path: "/circles/:room/gatherings/new", show: withRoom(NewGathering), under: "people" },
  { path: "/circles/:room/gatherings/:gathering", show: OneGathering, under: "people" },
  { path: "/circles/:room/carry", show: withRoom(Carry), under: "people" },
  { path: "/people/:room/end", show: withRoom(EndTalk), under: "people" },
  { path: "/circles", show: Circles, under: "people" },
  { path: "/circles/new", show: NewCircle, under: "people" },
  { path: "/circles/:room", show: withRoom(CircleTalk), under: "people" },
  { path: "/circles/:room/about", show: withRoom(CircleAbout), under: "people" },
  { path: "/outside/:person", show: OneOutside, under: "people" },
  { path: "/invite/new", show: InviteNew, under: "people" },
  { path: "/join", show: JoinByLink, under: "people" },
  { path: "/thought/:room?", show: Thought, under: "people" },
  { path: "/ask/:room?", show: Ask, under: "people" },
  { path: "/ask/:room/next", show: withRoom(AskNext), under: "people" },
  { path: "/sit/:room", show: withRoom(OpenSeat), under: "people" },
  { path: "/sit/:room/:sit", show: OneSit, under: "people" },
  { path: "/me", show: Me, under: "me" },
  { path: "/me/name", show: Name, under: "me" },
  { path: "/me/look", show: Look, under: "me" },
  { path: "/me/quiet", show: Quiet, under: "me" },
  { path: "/me/support", show: Support, under: "me" },
  { path: "/me/bell", show: Bell, under: "me" },
  { path: "/me/calendar", show: Calendar, under: "me" },
  { path: "/me/lock", show: Lock, under: "me" },
  { path: "/me/sessions", show: Sessions, under: "me" },
  { path: "/me/passphrase", show: Passphrase, under: "me" },
  { path: "/me/card", show: NewCard, under: "me" },
  { path: "/me/export", show: Export, under: "me" },
  { path: "/me/delete", show: DeleteAccount, under: "me" },
  { path: "/me/blocks", show: Blocks, under: "me" },
];

/** Signing in or out leaves an address that means nothing any more; it leads to the start instead of to "nothing here". */
function leadingToStart(screens: readonly Screen[], here: readonly Screen[]): Screen[] {
  const missing = screens.filter(({ path }) => !here.some((screen) => screen.path === path));
  return missing.map(({ path, under }) => ({ path, under, show: () => <Redirect to="/" replace /> }));
}

export const SIGNED_OUT: readonly Screen[] = [...WAYS_IN, ...leadingToStart(INSIDE, WAYS_IN)];
export const SIGNED_IN: readonly Screen[] = [...INSIDE, ...leadingToStart(WAYS_IN, INSIDE)];
