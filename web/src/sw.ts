// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the page itself, so that it opens without a connection: help lines, what was read before, and words to be sent
// later. It touches nothing under /api and nothing of another origin, and it holds only what everyone gets alike.
//
// A version is kept whole: its index.html and exactly the files that belong to it. The next version waits until the
// person says "change now"; its cache replaces the old one only then.
//
// Who only looks in is not made to fetch what is inside: the ways in, help and what they need are kept at once (FIRST), the
// screens of an open session (INSIDE) when there is one on this browser, and from then on with every version.

/** Put here by the build: the files of this version, and their common hash as its name. */
declare const __FIRST__: readonly string[];
declare const __INSIDE__: readonly string[];
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `page-${__VERSION__}`;
/** Stands in a cache that keeps the inside too. */
const WITH_INSIDE = "/kept-inside";

worker.addEventListener("install", (event) => {
  event.waitUntil(keepVersion());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
  if (event.data === "keep inside") event.waitUntil(keepInside());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  event.respondWith(answer(request, url));
});

async function keepVersion(): Promise<void> {
  const cache = await caches.open(NAME);
  // Hashed files come out of the browser's own cache if the page just loaded them; the index is asked for anew.
  await cache.addAll(__FIRST__.map((path) => new Request(path, { cache: path === "/" ? "no-cache" : "default" })));
  if (await caches.match(WITH_INSIDE)) await keepInside();
}

/** Whole or not at all, and once; what fails for want of a network is asked for again by the next page that opens. */
async function keepInside(): Promise<void> {
  const cache = await caches.open(NAME);
  if (await cache.match(WITH_INSIDE)) return;
  await cache.addAll(__INSIDE__);
  await cache.put(WITH_INSIDE, new Response());
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

/** Every address of ours that is no file is a screen, and every screen is the one page. */
async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(NAME);
  const path = request.mode === "navigate" ? "/" : url.pathname;
  return (await cache.match(path)) ?? fetch(request);
}
