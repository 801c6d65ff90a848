// Where what is typed is kept: in this tab only or, if the person chose that, on the phone.

const NAME = "consult";
const TABLE = "forms";

// Reading leaves no trace: where nothing was kept, no database is made.
function opened(mode) {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => (mode === "readonly" ? asked.transaction.abort()
      : asked.result.createObjectStore(TABLE, { keyPath: "form" }));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => fail(asked.error);
  });
}

async function ask(mode, question) {
  const base = await opened(mode);
  try {
    return await new Promise((done, fail) => {
      const act = base.transaction(TABLE, mode, { durability: "strict" });
      const asked = question(act.objectStore(TABLE));
      act.oncomplete = () => done(asked.result);
      act.onerror = act.onabort = () => fail(act.error);
    });
  } finally {
    base.close();
  }
}

export const phone = {
  all: () => ask("readonly", (table) => table.getAll()).catch((error) => {
    if (error?.name === "AbortError") return [];
    throw error;
  }),
  get: (form) => ask("readonly", (table) => table.get(form)),
  drop: (form) => ask("readwrite", (table) => table.delete(form)),
  // `change` gets the record as it is now: another tab may have written meanwhile.
  update: (form, change) => ask("readwrite", (table) => {
    const asked = table.get(form);
    asked.onsuccess = () => {
      try { table.put(change(asked.result)); } catch { table.transaction.abort(); }
    };
    return asked;
  }),
};

export const tab = {
  get: async (form) => JSON.parse(sessionStorage.getItem(form)) ?? undefined,
  drop: async (form) => sessionStorage.removeItem(form),
  async update(form, change) {
    sessionStorage.setItem(form, JSON.stringify(change(await tab.get(form))));
  },
};

async function dropPages() {
  const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  if (globalThis.caches) await caches.delete(NAME);
  indexedDB.deleteDatabase(NAME);
}

// After sending: the copy of this form goes, and the pages with it if it was the last.
export async function forget(form) {
  await tab.drop(form).catch(() => {});
  await phone.drop(form).catch(() => {});
  if (!(await phone.all().catch(() => [])).length) await dropPages().catch(() => {});
}

async function forgetAll() {
  try { sessionStorage.clear(); } catch { /* forbidden: then nothing is in it */ }
  const records = await phone.all().catch(() => []);
  await Promise.all(records.map((record) => phone.drop(record.form)));
  await dropPages();
}

export const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// “Leave quickly”: the page is empty at once, then everything is forgotten, here and there.
document.querySelector("form.leave")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  document.body.hidden = true;
  await Promise.race([forgetAll().catch(() => {}), pause(1)]);
  if (navigator.onLine) event.target.submit();
  else location.replace("about:blank");
});
