// What is typed is kept in this browser until the server has it; two keys; and what was on the screen. The form works without this.
"use strict";
(() => {
  const form = document.querySelector("[data-compose]");
  const try_ = (act) => { try { return act(); } catch { return null; } }; // no storage in a private window
  const SENT = "sayso-draft-sent"; // the key of what was sent and not yet answered
  if (/[?&]done=/.test(location.search)) {
    try_(() => { localStorage.removeItem(sessionStorage.getItem(SENT)); sessionStorage.removeItem(SENT); });
  }
  if (!form) return;
  const fields = ["head", "text", "wrong"].map((n) => form.elements[n]).filter(Boolean);
  const from = /[?&](?:post|with)=[^&]*/.exec(location.search);
  const key = `sayso-draft:${location.pathname}${from ? from[0] : ""}`;
  const typed = () => JSON.stringify(fields.map((f) => f.value));
  const saved = typed();
  const kept = try_(() => localStorage.getItem(key));
  const forget = () => try_(() => localStorage.removeItem(key));

  if (kept && kept !== saved) {
    const line = document.querySelector("[data-kept]");
    line.hidden = false;
    line.querySelector("[data-put-back]").addEventListener("click", () => {
      JSON.parse(kept).forEach((value, n) => { if (fields[n]) fields[n].value = value; });
      line.hidden = true;
      form.elements.head.focus();
    });
    line.querySelector("[data-forget]").addEventListener("click", () => { forget(); line.hidden = true; });
  } else forget();

  // A claim is seen once it and every word of it that is marked were on the screen while the page was visible.
  const waiting = new Map();
  for (const box of form.querySelectorAll("[data-seen]")) {
    box.closest(".by-hand").hidden = true; // the page sees for itself
    const words = `mark[data-claims~="${CSS.escape(box.value)}"]`;
    waiting.set(box, new Set([box.closest(".tick"), ...form.querySelectorAll(words)]));
  }
  const observer = new IntersectionObserver((entries) => {
    if (document.visibilityState !== "visible") return;
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      for (const [box, left] of waiting) if (left.delete(target) && !left.size) box.checked = true;
    }
  }, { threshold: 0.01 });
  const watch = () => { for (const left of waiting.values()) left.forEach((el) => observer.observe(el)); };
  if (document.visibilityState === "visible") watch();
  else document.addEventListener("visibilitychange", watch, { once: true });

  form.addEventListener("input", () => {
    try_(() => (typed() === saved ? localStorage.removeItem(key) : localStorage.setItem(key, typed())));
  });
  form.addEventListener("submit", () => try_(() => sessionStorage.setItem(SENT, key)));
  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const button = event.key === "Enter" ? "[data-publish]" : event.key === "s" ? "[data-save]" : "";
    if (!button || !form.querySelector(button)) return;
    event.preventDefault();
    form.querySelector(button).click();
  });
})();
