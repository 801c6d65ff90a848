// The start page: offers to keep what is written on this phone, and to go on with what it has kept.

import { forget, phone } from "./store.js";

const template = document.getElementById("kept");
const offer = document.getElementById("keep");

async function goOn(form, record) {
  const data = new FormData(form);
  data.set("key", record.key);
  data.set("lang", record.lang);
  const reply = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" },
  });
  const found = reply.ok ? await reply.json() : {};
  if (!found.next) return form.submit();
  if (found.sent) await forget(record.form);
  else if (found.form !== record.form) await move(record, found);
  const onward = record.isWaiting ? `${record.survey}/whole` : record.at;
  return location.assign(found.sent ? found.next : onward);
}

// The server's copy is gone, ours is not: everything goes into the new form.
async function move(record, found) {
  const fresh = { ...record, form: found.form, key: found.key, dirty: Object.keys(record.fields) };
  await phone.update(found.form, () => fresh);
  await forget(record.form);
}

function show(record) {
  template.after(template.content.cloneNode(true));
  const form = template.nextElementSibling;
  const note = form.querySelector("[role=alert]");
  const resume = () => goOn(form, record).catch(() => { note.textContent = note.dataset.waiting; });
  form.addEventListener("submit", (event) => { event.preventDefault(); resume(); });
  form.querySelector("[type=button]").addEventListener("click", async () => {
    await forget(record.form);
    form.remove();
  });
  if (record.isWaiting) resume();
}

const records = await phone.all().catch(() => null);
if (records && offer) offer.hidden = false;
const mine = (records ?? []).filter((record) => record.survey === template.dataset.survey);
if (mine.length) show(mine.at(-1));
