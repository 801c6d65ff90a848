// Opens a survey without a connection: registered only when the person chose to keep it.

const survey = new URL(self.registration.scope).pathname;
const PAGES = /^(\/q\/\d+|\/review|\/whole|)$/;

function opensSurvey(request) {
  const path = new URL(request.url).pathname;
  return request.mode === "navigate" && path.startsWith(survey) && PAGES.test(path.slice(survey.length));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const kept = opensSurvey(request) ? `${survey}/whole` : request;
  if (request.mode === "navigate" ? kept === request : request.method !== "GET") return;
  event.respondWith(fetch(request).catch(async () => await caches.match(kept) ?? Response.error()));
});
