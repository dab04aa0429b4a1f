/* Small comforts; every page works without them. */
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = document.getElementById("search");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
    if (event.key === "Escape") {
      document.querySelectorAll("details.me[open], details.more[open]").forEach((open) => { open.open = false; });
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.me[open], details.more[open]").forEach((open) => {
      if (!open.contains(event.target)) { open.open = false; }
    });
    const fill = event.target.closest("[data-fill-name]");
    if (fill) {
      const name = document.getElementById("id_username");
      if (name) { name.value = fill.dataset.fillName; document.getElementById("id_password").focus(); }
    }
  });

  const outline = document.querySelector(".outline");
  const current = outline && outline.querySelector("[aria-current]");
  if (current) { outline.scrollTop = current.offsetTop - outline.offsetTop - outline.clientHeight / 3; }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form) { form.requestSubmit(); }
  });
})();
