/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What is said to one member of a circle alone: sealed once more inside the entry, to them and to its author. Whoever opens an
// entry opens its box here as well; for all others a box stays a box, which says nothing.

import { CryptoError } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Bytes } from "../lib/bytes";
import { isId, type Id } from "../lib/id";
import { asideJson, toAside, toContent } from "./content";
import type { Core } from "./core";
import type { Aside, Content } from "./face";

interface Where {
  readonly room: Id;
  readonly id: Id;
  readonly author: Id;
}

/** What an entry's JSON says to me. */
export async function readEntry(core: Core, { room, id, author }: Where, json: Record<string, unknown>): Promise<Content> {
  const content = toContent(json);
  if (content.kind !== "box") return content;
  try {
    const box = fromBase64url(content.box);
    return asAside(await core.crypto.openBox({ place: { purpose: "aside", room, id, author }, box }), author, core.me()) ?? content;
  } catch (error) {
    if (error instanceof CryptoError && error.code === "locked") throw error;
    return content;
  }
}

function asAside(value: unknown, author: Id, me: Id): Content | null {
  const said = toAside(value);
  if (said === null) return null;
  // A box names nobody: that it opens says that it is for me, and what I wrote says for whom.
  const to = author === me ? (value as { readonly for?: unknown }).for : me;
  return isId(to) ? { kind: "aside", to, said } : null;
}

/** An entry's content that SAID goes into, for TO alone. ID: of the entry that will carry it. */
export async function sealAside(core: Core, room: Id, id: Id, to: { readonly person: Id; readonly identity: Bytes }, said: Aside): Promise<Extract<Content, { kind: "box" }>> {
  const value = { ...asideJson(said), for: to.person };
  const box = await core.crypto.sealBox({ place: { purpose: "aside", room, id }, to: [to.identity], value });
  return { kind: "box", box: toBase64url(box) };
}
