// The seconds that are left for undoing, and the key for it. The button works without this.
"use strict";
(() => {
  const due = [...document.querySelectorAll("[data-due]")];
  const tick = () => {
    for (const time of due) {
      const left = Math.ceil((Date.parse(time.dataset.due) - Date.now()) / 1000);
      const words = left > 600 ? "" : left > 0 ? ` (in ${left} s)` : " (its time has come)";
      const shown = time.parentElement.querySelector("[data-left]");
      if (shown.textContent !== words) shown.textContent = words;
    }
  };
  if (due.length) { tick(); setInterval(tick, 500); }

  const undo = document.querySelector("[data-undo]");
  document.addEventListener("keydown", (event) => {
    const on = document.activeElement;
    let off = false;
    try { off = localStorage.getItem("sayso-desk-keys-off") === "1"; } catch { /* keys stay on */ }
    if (event.key !== "z" || !undo || off || event.ctrlKey || event.metaKey || event.altKey) return;
    if (on && (/^(TEXTAREA|SELECT)$/.test(on.tagName) || (on.tagName === "INPUT" && on.type !== "checkbox"))) return;
    event.preventDefault();
    undo.click();
  });
})();
