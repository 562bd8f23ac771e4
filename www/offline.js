// Keeps the page for when there is no network. FILES and NAME are written in when the page is built.
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("patchcord-") && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  // The page itself is asked for first, so that a new one is seen; what it needs never changes under its name.
  const fresh = () => fetch(request);
  const kept = () => caches.match(request, { ignoreSearch: true });
  event.respondWith(request.mode === "navigate" ? fresh().catch(() => caches.match("./index.html")) : kept().then((found) => found ?? fresh()));
});
