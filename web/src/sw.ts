// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the page itself, so that it opens without a connection: help lines, what was read before, and words to be sent
// later. It touches nothing under /api and nothing of another origin, and it holds only what everyone gets alike.
//
// A version is kept whole: its index.html and exactly the files that belong to it. The next version waits until the
// person says "change now"; its cache replaces the old one only then.

/** Both are put here by the build: the files of this version, and their common hash as its name. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `page-${__VERSION__}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  event.respondWith(answer(request, url));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(NAME);
  // Hashed files come out of the browser's own cache if the page just loaded them; the index is asked for anew.
  const requests = __FILES__.map((path) => new Request(path, { cache: path === "/" ? "no-cache" : "default" }));
  await cache.addAll(requests);
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
