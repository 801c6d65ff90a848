// Keeps what is typed until the server has it, and sends it again until it arrives.
// Without this script the same form posts itself.

import { forget, pause, phone, tab } from "./store.js";

const form = document.querySelector("form[data-form]");
const note = document.getElementById("outbox");
const { key, survey, offline } = form.dataset;
const name = form.dataset.form;
const store = key ? phone : tab;
const whole = `${survey}/whole`;
const OURS = new Set(["csrf_token", "form", "shown"]);
const TRY_AGAIN = new Set([429, 502, 503, 504]);
const LONGEST = 60;
let kept = {};
let pressed = null;
let isWaiting = false;
let wake = () => {};

const say = (word) => { note.textContent = note.dataset[word] ?? ""; };
const fields = () => [...form.elements].filter(
  (field) => field.name && field.type !== "submit" && !OURS.has(field.name));
const names = () => [...new Set(fields().map((field) => field.name))];

function typed() {
  const data = new FormData(form);
  return Object.fromEntries(names().map((one) => [one, data.getAll(one)]));
}

function fill(one, values) {
  fields().filter((field) => field.name === one).forEach((field, place) => {
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else field.value = values[place] ?? "";
    if (field.type === "hidden" && field.value) field.dispatchEvent(new Event("change"));
  });
}

// The record after a change, on top of what other pages noted; `stored` is where it goes on when
// the server has this page.
function noted(old, changed, stored) {
  const dirty = new Set(old?.dirty);
  (stored ? names() : changed).forEach((one) => (stored ? dirty.delete(one) : dirty.add(one)));
  const mine = typed();
  const now = stored ? mine : Object.fromEntries(changed.map((one) => [one, mine[one]]));
  kept = {
    ...old, form: name, survey, key, lang: document.documentElement.lang,
    at: stored ?? (offline === undefined ? location.pathname : old?.at ?? survey),
    fields: { ...old?.fields, ...now }, dirty: [...dirty],
    isWaiting: isWaiting && pressed?.name === "send",
  };
  return kept;
}

const changes = new Set();
let isBusy = false;
async function keep() {
  if (isBusy) return;
  isBusy = true;
  try {
    while (changes.size) {
      const changed = [...changes];
      changes.clear();
      await store.update(name, (old) => noted(old, changed));
    }
    if (!isWaiting) say("kept");
  } catch {
    say("full");
  }
  isBusy = false;
}

function body() {
  const data = new FormData(form);
  if (pressed.name) data.set(pressed.name, pressed.value);
  if (offline !== undefined) { // an old copy of the page: only what was typed here counts
    data.delete("shown");
    for (const part of form.querySelectorAll("[data-question]")) {
      const inside = [...part.querySelectorAll("[name]")].map((field) => field.name);
      if (!inside.some((one) => one in (kept.fields ?? {}))) continue;
      part.querySelectorAll("[name=shown]").forEach((one) => data.append("shown", one.value));
    }
  }
  return new URLSearchParams(data);
}

async function post(address, data) {
  const limit = new AbortController();
  const clock = setTimeout(() => limit.abort(), 30000);
  try {
    return await fetch(address, {
      method: "POST", body: data, headers: { Accept: "application/json" }, signal: limit.signal,
    });
  } finally {
    clearTimeout(clock);
  }
}

// The browser forgot who we are, for instance because it was killed: say it again.
async function recover() {
  const page = new DOMParser().parseFromString(await (await fetch(survey)).text(), "text/html");
  const token = page.querySelector("[name=csrf_token]")?.value;
  const lang = document.documentElement.lang;
  const reply = await post(`${survey}/resume`, new URLSearchParams({ csrf_token: token, key, lang }));
  const found = reply.ok ? await reply.json() : {};
  if (!found.token) return found;
  form.elements.csrf_token.value = found.token;
  form.elements.form.value = found.form;
  return null;
}

// What the server says: where to go on, or nothing when only the plain form can tell the person.
async function attempt() {
  for (let hasRecovered = false; ; hasRecovered = true) {
    const reply = await post(form.action, body());
    if (TRY_AGAIN.has(reply.status)) throw new Error(reply.status);
    if (reply.ok) return reply.headers.get("Content-Type").includes("json") ? reply.json() : {};
    if (!key || hasRecovered || ![403, 410].includes(reply.status)) return {};
    const found = await recover();
    if (found) return found;
  }
}

async function go(answer) {
  if (answer.sent || answer.forget) await forget(name);
  else if (answer.next && key) await store.update(name, (old) => noted(old, [], answer.next)).catch(() => {});
  else if (answer.next) await store.drop(name).catch(() => {});
  if (answer.next) return location.assign(answer.next);
  form.removeEventListener("submit", submit);
  return form.requestSubmit(pressed);
}

async function deliver() {
  for (let seconds = 1; ; seconds = Math.min(seconds * 2, LONGEST)) {
    try {
      say("sending");
      return await go(await attempt());
    } catch {
      isWaiting = true;
      say("waiting");
      store.update(name, (old) => noted(old, names())).catch(() => {});
    }
    const woken = new Promise((done) => { wake = done; });
    await Promise.race([woken, pause(seconds * (0.75 + Math.random() / 2))]);
  }
}

function submit(event) {
  if (!["", "next", "back", "send"].includes(event.submitter?.name)) return;
  event.preventDefault();
  const isFirst = !pressed;
  pressed = event.submitter;
  if (isFirst) deliver();
  else wake();
}

// The whole survey as one page, for when it is opened without a connection.
async function keepPages() {
  if (!key || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(new URL("sw.js", import.meta.url), { scope: survey });
  const pages = await caches.open("consult");
  const edition = `"${name} ${document.documentElement.lang}"`;
  if ((await pages.match(whole))?.headers.get("ETag") === edition) return;
  const page = await fetch(whole);
  if (!page.ok) return;
  const headers = { ETag: edition };
  for (const one of ["Content-Type", "Content-Security-Policy"]) headers[one] = page.headers.get(one);
  const text = (await page.text()).replace("data-form=", "data-offline data-form=");
  await pages.put(whole, new Response(text, { headers }));
  const parts = document.querySelectorAll("link[rel=stylesheet], script[src]");
  await pages.addAll([...parts].map((part) => part.href ?? part.src));
  const more = text.includes("voice.js") ? ["voice.js", "voice.css", "recorder.js"] : [];
  await pages.addAll(["store.js", ...more].map((file) => new URL(file, import.meta.url)));
}

form.addEventListener("input", (event) => { changes.add(event.target.name); keep(); });
form.addEventListener("submit", submit);
addEventListener("online", () => wake());

kept = await store.get(name).catch(() => undefined) ?? {};
for (const one of offline === undefined ? kept.dirty ?? [] : Object.keys(kept.fields ?? {})) {
  fill(one, kept.fields[one]);
}
if (offline !== undefined) say("waiting");
else if (key) say("kept");
const send = form.querySelector("[name=send]");
if (kept.isWaiting && send) form.requestSubmit(send);
keepPages().catch(() => {});
