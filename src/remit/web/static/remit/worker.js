/* The service worker: pages that may be kept are kept, forms that may wait wait, and what waits is sent when the link is back.
   The server decides what may be kept (keeping.py); this only obeys. */
"use strict";
importScripts(self.REMIT.device);
const device = self.RemitDevice;
const FILES = `remit-files-${self.REMIT.version}`;
const RECORDING = /^\/records\/([\w-]+)\/new$/;
const PATIENCE = { file: 3_000, page: 10_000, form: 45_000, upload: 300_000 };
const DAY = 24 * 3600_000;
const CUT = Symbol("cut");

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(FILES);
  await cache.addAll(self.REMIT.shell.map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) { if (name.startsWith("remit-files-") && name !== FILES) { await caches.delete(name); } }
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) { return; }
  if (event.request.mode === "navigate") {
    event.respondWith(event.request.method === "GET" ? read(event, url) : written(event, url));
  } else if (event.request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(file(event));
  }
});
self.addEventListener("sync", (event) => { if (event.tag === "remit-waiting") { event.waitUntil(sendAll()); } });
self.addEventListener("message", (event) => {
  if (event.data.what === "send") { event.waitUntil(sendAll()); }
  if (event.data.what === "again") { event.waitUntil(again(event.data.key)); }
  if (event.data.what === "prepare") { event.waitUntil(prepare()); }
});

const late = (milliseconds) => new Promise((done) => { setTimeout(() => done(CUT), milliseconds); });
/* What the network answers, or CUT where it does not, or not in time. */
const asked = (request, milliseconds) => Promise.race([fetch(request).catch(() => CUT), late(milliseconds)]);
const shell = async (path) => (await caches.match(path || `/device/${await language()}`, { ignoreVary: true })) || Response.error();
const tell = async (message) => {
  for (const client of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) { client.postMessage(message); }
};

/* Reading */
async function file(event) {
  const kept = await caches.match(event.request, { ignoreVary: true });
  const answer = await asked(event.request, kept ? PATIENCE.file : PATIENCE.upload);
  if (answer === CUT) { return kept || Response.error(); }
  if (answer.ok && answer.status === 200) {
    const copy = answer.clone();
    event.waitUntil(caches.open(FILES).then((cache) => cache.put(event.request, copy)));
  }
  return answer;
}

const addressOf = (url) => url.pathname + url.search;

async function read(event, url) {
  const kept = await device.pageAt(addressOf(url)).catch(() => undefined);
  const answer = await asked(event.request, kept ? PATIENCE.page : PATIENCE.upload);
  if (answer === CUT) {
    if (kept) { return asKept(kept); }
    return shell(/^\/device\/(en|fr)$/.test(url.pathname) ? url.pathname : "");
  }
  event.waitUntil(seen(addressOf(url), answer.clone()));
  return answer;
}

/* Whose page it was, whether it may be kept, and if so keep it. */
let seeing = Promise.resolve();
function seen(address, answer) {  // one after the other: forgetting and keeping must not cross
  seeing = seeing.then(() => look(address, answer)).catch(() => undefined);
  return seeing;
}
async function look(address, answer) {
  const holder = answer.headers.get("Remit-Holder");
  if (!holder) { return; }
  if (holder !== await device.mark("holder")) {
    await device.forgetPages();
    await device.setMark("holder", holder);
  }
  if (holder === "-") { return; }
  const language = answer.headers.get("Content-Language");
  if (language) { await device.setMark("language", language.startsWith("fr") ? "fr" : "en"); }
  if (answer.status === 200 && answer.headers.get("Remit-Keep") === "yes") {
    const html = await answer.text();
    const title = (/<title>([^<]*)<\/title>/.exec(html) || ["", address])[1];
    if (holder === await device.mark("holder")) { await device.keepPage(address, { html, title, policy: answer.headers.get("Content-Security-Policy") }); }
  } else { await device.forgetPage(address); }
}

/* A kept page says that it is one. A form in it gets a key of its own, and goes by way of what waits: its token may be old. */
function asKept(kept) {
  const html = kept.html
    .replace("<html ", `<html data-kept="${new Date(kept.at).toISOString()}" `)
    .replace(/(name="once" value=")[^"]*"/, `$1${crypto.randomUUID()}"`)
    .replace('name="may_wait" value="yes"', 'name="may_wait" value="first"');
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": kept.policy } });
}

/* The forms that this person may fill on a cut link are kept before they are needed, once a day. */
let preparing;
function prepare() {
  preparing ??= prepareForms().finally(() => { preparing = undefined; });
  return preparing;
}
async function prepareForms() {
  await seeing;
  if (Date.now() - (await device.mark("prepared") || 0) < DAY) { return; }
  const standing = await standingNow();
  if (!standing || standing.holder !== await device.mark("holder")) { return; }
  for (const path of standing.forms) {
    const answer = await asked(path, PATIENCE.page);
    if (answer === CUT) { return; }
    await seen(path, answer);
  }
  await device.setMark("prepared", Date.now());
}

/* Writing */
async function written(event, url) {
  const request = event.request, recording = RECORDING.exec(url.pathname);
  if (url.pathname === "/sign-out") { await device.forgetPages(); }
  if (url.pathname === "/role") { await device.forgetPages(); }
  if (!recording) {
    const answer = await asked(request, PATIENCE.upload);
    return answer === CUT ? unsent("not-sent") : answer;
  }
  const form = await request.clone().formData();
  const shown = form.has("add") || form.has("remove") || form.has("show");
  const known = await device.waitingAt(String(form.get("once") || ""));
  if (!shown && (known || form.get("may_wait") === "first") && !mustNotWait(form)) {
    const entry = await keep(form, recording[1], url, known);
    const made = await sendAll();
    const record = made && made[entry.key];
    return Response.redirect(record || `/device/${await language()}#kept`, 303);
  }
  const files = [...form.values()].some((value) => value instanceof File && value.size);
  const answer = await asked(request, files ? PATIENCE.upload : PATIENCE.form);
  if (answer !== CUT) { return answer; }
  if (shown) { return unsent("not-sent"); }
  const hindered = mustNotWait(form);
  if (hindered) { return unsent(hindered); }
  await keep(form, recording[1], url, known);
  return Response.redirect(`/device/${await language()}#kept`, 303);
}
const language = async () => await device.mark("language") || "en";

/* No answer at all leaves the page, and what was typed in it, as it is. */
async function unsent(why) {
  await tell({ what: "unsent", why });
  return new Response(null, { status: 204 });
}

/* Why a form must not lie on this device: its type, its level, or a sensitive field that is filled. */
function mustNotWait(form) {
  if (!form.get("may_wait") || !form.get("once") || !form.get("holder")) { return "not-kept-closed"; }
  if (form.get("level") === "strictly-confidential") { return "not-kept-sensitive"; }
  const closed = String(form.get("must_not_wait") || "").split(" ").filter(Boolean);
  const filled = [...form].some(([name, value]) => (value instanceof File ? value.size : String(value).trim())
    && closed.some((key) => name === key || name.startsWith(`${key}.`)));
  return filled ? "not-kept-sensitive" : "";
}

const NOT_KEPT = ["csrfmiddlewaretoken", "may_wait", "must_not_wait", "holder"];
async function keep(form, type, url, known) {
  const fields = [], files = [];
  for (const [name, value] of form) {
    if (NOT_KEPT.includes(name)) { continue; }
    if (!(value instanceof File)) { fields.push([name, value]); continue; }
    if (value.size) { files.push({ name, filename: value.name, kind: value.type, bytes: encoded(await value.arrayBuffer()) }); }
  }
  const entry = { key: String(form.get("once")), holder: String(form.get("holder")), at: Date.now(), state: "waiting" };
  if (known) { entry.at = known.at; }
  await device.wait(entry, { type, path: addressOf(url), title: String(form.get("title") || ""), fields, files, problems: [] });
  if (self.registration.sync) { await self.registration.sync.register("remit-waiting").catch(() => undefined); }
  await tell({ what: "changed" });
  return entry;
}
function encoded(buffer) {
  let text = "";
  const bytes = new Uint8Array(buffer);
  for (let at = 0; at < bytes.length; at += 32_768) { text += String.fromCharCode(...bytes.subarray(at, at + 32_768)); }
  return btoa(text);
}
const decoded = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/* Sending: one at a time, in the order written. The key of each makes sure that it is recorded once, however often it is sent. */
let sending;
function sendAll() {
  sending ??= sendEach().finally(() => { sending = undefined; });
  return sending;
}
async function standingNow() {
  const answer = await asked(new Request("/device/standing", { cache: "no-store", redirect: "manual" }), PATIENCE.page);
  if (answer === CUT) { return undefined; }
  return answer.ok ? answer.json() : { holder: "", token: "", forms: [] };
}
async function sendEach() {
  const made = {};
  const found = (await device.waiting()).filter((entry) => entry.state !== "refused");
  if (!found.length) { return made; }
  const standing = await standingNow();
  if (!standing) { return made; }
  for (const entry of found) {
    if (entry.holder !== standing.holder) {
      if (!standing.holder && entry.state !== "ended") { await device.wait({ ...entry, state: "ended" }, await device.open(entry)); }
      continue;
    }
    const outcome = await sendOne(entry, standing);
    if (outcome.record) { made[entry.key] = outcome.record; }
    if (outcome.cut) { break; }
  }
  await tell({ what: "changed" });
  return made;
}
async function sendOne(entry, standing) {
  const value = await device.open(entry), body = new FormData();
  if (!value) { return { cut: true }; }
  for (const [name, text] of value.fields) { body.append(name, text); }
  for (const one of value.files) { body.append(one.name, new File([decoded(one.bytes)], one.filename, { type: one.kind })); }
  const request = new Request(`/device/send/${value.type}`, {
    method: "POST", body, redirect: "manual", cache: "no-store", headers: { "X-CSRFToken": standing.token },
  });
  const answer = await asked(request, value.files.length ? PATIENCE.upload : PATIENCE.form);
  if (answer === CUT) { return { cut: true }; }
  const read = await answer.json().catch(() => ({}));
  if (answer.status === 201 && read.record) { await device.drop(entry.key); return { record: read.record }; }
  if (read.problems && answer.status < 500) {
    await device.wait({ ...entry, state: "refused" }, { ...value, problems: read.problems });
    return {};
  }
  if (answer.type === "opaqueredirect") { await device.wait({ ...entry, state: "ended" }, value); }
  return { cut: true };  // the server is in trouble, or asks for a sign-in: it waits on
}
async function again(key) {
  const entry = await device.waitingAt(key);
  if (entry) { await device.wait({ ...entry, state: "waiting" }, await device.open(entry)); }
  await sending;
  await sendAll();
}
