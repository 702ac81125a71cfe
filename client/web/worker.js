// The app's own files are kept on the phone: it opens without network, and always as one whole version.
// Answers of the server are never kept here: what may be shown offline, the app keeps itself.
const KEPT = `gongfen-app-${'VERSION'}`
const FILES = ['FILES']

self.addEventListener('install', (installing) => {
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }))
  installing.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(fresh)))
})

// A new version waits until the old one is closed, or until a person asks for it.
self.addEventListener('message', (said) => {
  if (said.data === 'now') void self.skipWaiting()
})

self.addEventListener('activate', (starting) => {
  const old = (name) => name.startsWith('gongfen-app-') && name !== KEPT
  starting.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (asking) => {
  const { request } = asking
  const url = new URL(request.url)
  const ours = url.origin === self.location.origin && url.pathname.startsWith(new URL(self.registration.scope).pathname)
  if (request.method !== 'GET' || !ours) return
  const wanted = request.mode === 'navigate' ? new URL('./', self.registration.scope).href : request.url
  asking.respondWith(
    caches
      .open(KEPT)
      .then((kept) => kept.match(wanted, { ignoreVary: true }))
      .then((found) => found ?? fetch(request)),
  )
})
