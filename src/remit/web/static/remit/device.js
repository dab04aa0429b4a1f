/* What lies on this device: pages kept and forms that wait, both encrypted under keys that the browser uses but does not hand out.
   The page and the service worker share this file. */
(() => {
  "use strict";
  const MOST_PAGES = 40, HOURS = 72;
  const STORES = { keys: null, marks: null, pages: "url", waiting: "key" };

  const opened = () => new Promise((done, failed) => {
    const asked = indexedDB.open("remit", 1);
    asked.onupgradeneeded = () => {
      for (const [name, path] of Object.entries(STORES)) {
        asked.result.createObjectStore(name, path ? { keyPath: path } : undefined);
      }
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

  /* One transaction; it is over only once it lies on the disk. */
  const within = async (name, mode, act) => {
    const base = await opened();
    try {
      return await new Promise((done, failed) => {
        const transaction = base.transaction(name, mode, { durability: "strict" });
        const asked = act(transaction.objectStore(name));
        transaction.oncomplete = () => done(asked && asked.result);
        transaction.onerror = transaction.onabort = () => failed(transaction.error);
      });
    } finally { base.close(); }
  };
  const get = (name, key) => within(name, "readonly", (store) => store.get(key));
  const all = (name) => within(name, "readonly", (store) => store.getAll());
  const put = (name, value, key) => within(name, "readwrite", (store) => store.put(value, key));
  const remove = (name, key) => within(name, "readwrite", (store) => store.delete(key));

  const keyFor = async (name) => {
    const found = await get("keys", name);
    if (found) { return found; }
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    try {
      await within("keys", "readwrite", (store) => store.add(made, name));
      return made;
    } catch { return get("keys", name); }  // another tab made it in between
  };
  /* A value is bound to what it stands under: one cannot be put in another's place. */
  const lock = async (keyName, under, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12)), additionalData = new TextEncoder().encode(under);
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await keyFor(keyName), plain);
    return { iv, data };
  };
  const unlock = async (keyName, under, { iv, data }) => {
    const key = await get("keys", keyName), additionalData = new TextEncoder().encode(under);
    if (!key) { return undefined; }
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  };

  const mark = (name) => get("marks", name);
  const setMark = (name, value) => put("marks", value, name);

  /* Pages. Forgetting them destroys their key first. */
  const forgetPages = async () => {
    await remove("keys", "pages");
    await within("pages", "readwrite", (store) => store.clear());
    await setMark("prepared", 0);
  };
  const stale = (page) => Date.now() - page.at > HOURS * 3600_000;
  const keepPage = async (url, value) => {
    const holder = await mark("holder");
    await put("pages", { url, holder, at: Date.now(), ...await lock("pages", url, value) });
    const old = (await all("pages")).sort((one, other) => other.at - one.at).filter((page, nth) => nth >= MOST_PAGES || stale(page));
    for (const page of old) { await remove("pages", page.url); }
  };
  const pageAt = async (url) => {
    const page = await get("pages", url);
    if (!page || stale(page) || page.holder !== await mark("holder")) { return undefined; }
    const value = await unlock("pages", url, page).catch(() => undefined);
    return value && { ...value, at: page.at, url };
  };
  const forgetPage = (url) => remove("pages", url);
  const pages = async () => {
    const found = await Promise.all((await all("pages")).map((page) => pageAt(page.url)));
    return found.filter(Boolean).sort((one, other) => other.at - one.at);
  };

  /* What waits. It stays until it is sent, or a person discards it. */
  const wait = async (entry, value) => {
    const locked = await lock(`waiting ${entry.holder}`, entry.key, value);
    await put("waiting", { key: entry.key, holder: entry.holder, at: entry.at, state: entry.state, ...locked });
  };
  const waiting = async () => (await all("waiting")).sort((one, other) => one.at - other.at);
  const waitingAt = (key) => get("waiting", key);
  const open = (entry) => unlock(`waiting ${entry.holder}`, entry.key, entry);
  const drop = async (key) => {
    const entry = await waitingAt(key);
    await remove("waiting", key);
    if (entry && !(await waiting()).some((one) => one.holder === entry.holder)) { await remove("keys", `waiting ${entry.holder}`); }
  };

  self.RemitDevice = { mark, setMark, forgetPages, forgetPage, keepPage, pageAt, pages, wait, waiting, waitingAt, open, drop };
})();
