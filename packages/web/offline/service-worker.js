// Keeps the page of Pier in this browser, so that it opens when the daemon cannot be reached, and takes clicks on notifications.
// What sessions say is never kept here. `version` and `shell` (files of the first load) stand above, written by the build.
/* global version, shell */
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return */
(() => {
  const scope = new URL("./", self.location.href);
  const cacheName = `pier ${scope.pathname} `;
  /** ms for which a daemon may be silent before the kept page is shown. */
  const patience = 5_000;

  self.addEventListener("install", (event) => {
    event.waitUntil(keepShell().then(() => self.skipWaiting()));
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil(forgetOld().then(() => self.clients.claim()));
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
    const path = url.pathname.slice(scope.pathname.length);
    if (request.mode === "navigate") {
      // The reference is no page of the interface, nor is what stands in a frame.
      if (request.destination === "document" && !path.startsWith("api/")) event.respondWith(openPage(request));
    } else if (path.startsWith("_app/immutable/")) event.respondWith(fromCacheFirst(request));
    else if (shell.includes(path)) event.respondWith(fromDaemonFirst(request));
  });

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(goTo(new URL(event.notification.data.address, scope).href));
  });

  async function keepShell() {
    const cache = await caches.open(cacheName + version);
    // Past the browser's own cache: what is kept belongs together.
    await cache.addAll(["./", ...shell].map((path) => new Request(new URL(path, scope), { cache: "no-cache" })));
  }

  /** The version before stays: pages that it opened may still load parts of it. */
  async function forgetOld() {
    const own = (await caches.keys()).filter((name) => name.startsWith(cacheName) && name !== cacheName + version);
    await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
  }

  /** The daemon's page, so that nobody stays with an old one; the kept one when the daemon cannot be reached. */
  async function openPage(request) {
    const answer = fetch(request);
    const silence = new Promise((resolve) => setTimeout(resolve, patience));
    const response = await Promise.race([answer, silence]).catch(() => undefined);
    if (response && !isAway(response)) return response;
    return (await kept("./")) ?? answer;
  }

  /** Names made of contents: what is kept under one is right for ever. */
  async function fromCacheFirst(request) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found) return found;
    const response = await fetch(request);
    if (response.ok) {
      const cache = await caches.open(cacheName + version);
      await cache.put(request, response.clone());
    }
    return response;
  }

  async function fromDaemonFirst(request) {
    const answer = fetch(request);
    const response = await answer.catch(() => undefined);
    if (response && !isAway(response)) return response;
    return (await kept(request)) ?? answer;
  }

  /** A proxy's words for a daemon that does not answer. */
  function isAway({ status }) {
    return [502, 503, 504].includes(status);
  }

  async function kept(request) {
    const cache = await caches.open(cacheName + version);
    return cache.match(typeof request === "string" ? new URL(request, scope).href : request, { ignoreVary: true });
  }

  /** Goes to a session in a tab that shows it, else in any of Pier's, else in a new one. */
  async function goTo(address) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const own = pages.filter(({ url }) => url.startsWith(scope.href));
    const there = own.find(({ url }) => url.split(/[?#]/)[0] === address);
    const page = there ?? own[0];
    if (!page) return self.clients.openWindow(address);
    if (!there) page.postMessage({ type: "go", address });
    await page.focus();
  }
})();
