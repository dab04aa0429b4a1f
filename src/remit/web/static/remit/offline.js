/* The page's part in a cut link: it says how the link stands and what waits, and shows both on the page of this device. */
(() => {
  "use strict";
  const bar = document.getElementById("device"), shown = document.getElementById("on-device");
  const device = self.RemitDevice, worker = navigator.serviceWorker;
  if (!worker || !device || !bar) { return; }
  const kept = document.documentElement.dataset.kept;
  const post = async (message) => { (await worker.ready).active.postMessage(message); };
  const element = (name, text, given = {}) => Object.assign(document.createElement(name), { textContent: text }, given);
  const instant = (at) => new Date(at).toLocaleString(bar.dataset.language, { dateStyle: "medium", timeStyle: "short" });

  const say = async () => {
    const number = (await device.waiting()).length, said = [];
    if (kept) { said.push(`${bar.dataset.kept} ${instant(kept)}.`); } else if (!navigator.onLine) { said.push(bar.dataset.cut); }
    if (number) { said.push(`${bar.dataset.waits} ${number}`); }
    const state = document.getElementById("device-state");
    state.hidden = !said.length || Boolean(shown);
    state.firstElementChild.textContent = said.join(" ");
    if (shown) { await list(); }
    return number;
  };

  /* The page of this device */
  const holder = () => device.mark("holder");
  const actions = (entry, value) => {
    const row = element("div", "", { className: "actions" });
    const button = (words, act, className = "") => {
      const made = element("button", shown.dataset[words], { type: "button", className });
      made.addEventListener("click", act);
      row.append(made);
    };
    if (entry.state === "ended") { row.append(element("a", shown.dataset.signIn, { href: `/sign-in?next=/device/${bar.dataset.language}`, className: "button primary" })); }
    if (entry.state === "refused") { button("correct", () => correct(entry, value), "primary"); }
    button("send", () => post({ what: "again", key: entry.key }));
    button("discard", async () => {
      if (self.confirm(shown.dataset.really)) { await device.drop(entry.key); await say(); }
    });
    return row;
  };
  const line = async (entry) => {
    const row = element("li", ""), value = await device.open(entry);
    row.dataset.state = entry.state;
    row.append(element("strong", (value && value.title) || entry.key), element("p", `${instant(entry.at)} · ${shown.dataset[entry.state]}`, { className: "small quiet" }));
    for (const problem of (value && value.problems) || []) { row.append(element("p", `${problem.words} (${problem.code})`, { className: "error" })); }
    if (value) { row.append(actions(entry, value)); }
    return row;
  };
  let drawing = Promise.resolve();
  const list = () => { drawing = drawing.then(draw, draw); return drawing; };
  const draw = async () => {
    const entries = await device.waiting(), pages = await device.pages(), mine = await holder();
    const own = entries.filter((entry) => entry.holder === mine || mine === "-" || !mine);
    const rows = await Promise.all((mine === "-" ? [] : own).map(line));
    const others = entries.length - rows.length;
    if (others) {
      const row = element("li", `${shown.dataset.others} ${others}`), next = `/sign-in?next=/device/${bar.dataset.language}`;
      row.append(" ", element("a", shown.dataset.signIn, { href: next }));
      rows.push(row);
    }
    document.getElementById("waiting-list").replaceChildren(...rows);
    document.getElementById("none-waits").hidden = entries.length > 0;
    document.getElementById("just-kept").hidden = !(location.hash === "#kept" && entries.length);
    document.getElementById("just-sent").hidden = !(location.hash === "#kept" && !entries.length);
    document.getElementById("kept-list").replaceChildren(...pages.map((page) => {
      const row = element("li", "");
      row.append(element("a", new DOMParser().parseFromString(page.title, "text/html").documentElement.textContent, { href: page.url }), " ", element("span", instant(page.at), { className: "small quiet" }));
      return row;
    }));
    document.getElementById("none-kept").hidden = pages.length > 0;
  };

  /* The form is shown again with what was typed, by the server that also says what is wrong; saving it goes by the same entry. */
  const correct = async (entry, value) => {
    const standing = await (await fetch("/device/standing", { cache: "no-store" })).json();
    const form = element("form", "", { method: "post", action: value.path, enctype: "multipart/form-data", hidden: true });
    const field = (name, text) => { const area = element("textarea", "", { name }); area.value = text; form.append(area); };
    for (const [name, text] of value.fields) { field(name, text); }
    field("csrfmiddlewaretoken", standing.token);
    field("show", "1");
    for (const one of value.files) {
      const chosen = new DataTransfer(), bytes = Uint8Array.from(atob(one.bytes), (letter) => letter.charCodeAt(0));
      chosen.items.add(new File([bytes], one.filename, { type: one.kind }));
      const input = element("input", "", { type: "file", name: one.name });
      input.files = chosen.files;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  };

  worker.addEventListener("message", (event) => {
    if (event.data.what === "changed") { say(); }
    if (event.data.what === "unsent" && document.visibilityState === "visible") {
      const alert = document.getElementById("device-alert");
      const words = { "not-sent": "notSent", "not-kept-sensitive": "notKeptSensitive", "not-kept-closed": "notKeptClosed" };
      alert.textContent = bar.dataset[words[event.data.why]];
      alert.hidden = false;
      alert.scrollIntoView({ block: "nearest" });
    }
  });
  worker.startMessages();
  self.addEventListener("online", () => { say(); post({ what: "send" }); });
  self.addEventListener("offline", say);
  self.addEventListener("hashchange", say);

  const begin = async () => {
    await worker.register("/service-worker.js");
    if (await say()) { await post({ what: "send" }); }
    if (!kept) { await post({ what: "prepare" }); }
    setInterval(async () => { if (await say()) { await post({ what: "send" }); } }, 60_000);
  };
  begin().catch(() => undefined);  // a browser without storage works as before
})();
