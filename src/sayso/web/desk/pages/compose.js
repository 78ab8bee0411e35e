// What is typed is kept in this browser until the server has it; two keys. The form works without this.
"use strict";
(() => {
  const form = document.querySelector("[data-compose]");
  if (!form) return;
  const fields = ["head", "text", "wrong"].map((n) => form.elements[n]).filter(Boolean);
  const key = `sayso-draft:${location.pathname}${location.search.includes("done=") ? "" : location.search}`;
  const store = (act) => { try { return act(localStorage); } catch { return null; } };
  const typed = () => JSON.stringify(fields.map((f) => f.value));
  const saved = typed();
  const kept = store((s) => s.getItem(key));
  const forget = () => store((s) => s.removeItem(key));

  if (kept && kept !== saved && !/[?&]done=/.test(location.search)) {
    const line = document.querySelector("[data-kept]");
    line.hidden = false;
    line.querySelector("[data-put-back]").addEventListener("click", () => {
      JSON.parse(kept).forEach((value, n) => { if (fields[n]) fields[n].value = value; });
      line.hidden = true;
      form.elements.head.focus();
    });
    line.querySelector("[data-forget]").addEventListener("click", () => { forget(); line.hidden = true; });
  } else forget();

  form.addEventListener("input", () => store((s) => (typed() === saved ? s.removeItem(key) : s.setItem(key, typed()))));
  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const button = event.key === "Enter" ? "[data-publish]" : event.key === "s" ? "[data-save]" : "";
    if (!button || !form.querySelector(button)) return;
    event.preventDefault();
    form.querySelector(button).click();
  });
})();
