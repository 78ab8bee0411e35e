// The desk works without this. With it: keys, words linked with claims, and proof that words were on the screen (H2).
"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const typing = (el) => el && (el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) ||
    (el.tagName === "INPUT" && !/^(checkbox|radio|submit|button)$/.test(el.type)));
  const OFF = "sayso-desk-keys-off";
  let off = false;
  try { off = localStorage.getItem(OFF) === "1"; } catch { /* private window: keys stay on */ }

  for (const button of all("[data-keys-switch]")) {
    const say = () => { button.textContent = off ? "Turn keys on" : "Turn keys off"; };
    button.hidden = false;
    button.addEventListener("click", () => {
      off = !off;
      try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* for this page only */ }
      say();
    });
    say();
  }

  // what was typed and not sent goes with whoever signs out: others use this browser too
  document.querySelector("form.out")?.addEventListener("submit", () => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("sayso-draft:")) localStorage.removeItem(key);
    } catch { /* no storage: nothing was kept */ }
  });

  if (matchMedia("(max-width: 30rem)").matches) for (const more of all(".more:not([data-set])")) more.open = false;

  const inbox = document.querySelector("[data-keys=inbox]");
  const sheet = document.querySelector("[data-keys=sheet]");
  const stops = inbox ? all(".first a", inbox) : sheet ? all(".card", sheet) : [];
  const marksOf = (n) => all(`.text mark[data-claims~="${n}"]`, sheet);
  let here = -1;

  const go = (to) => {
    if (!stops.length) return;
    here = Math.max(0, Math.min(stops.length - 1, to));
    stops[here].focus({ preventScroll: true });
    stops[here].scrollIntoView({ block: "nearest" });
  };

  const light = (n) => {
    for (const el of all(".lit", sheet)) el.classList.remove("lit");
    if (n === null) return;
    marksOf(n).forEach((m) => m.classList.add("lit"));
    const card = document.getElementById(`c${n}`);
    if (card) card.classList.add("lit");
  };

  if (sheet) {
    for (const card of stops) {
      const n = card.dataset.claim;
      card.querySelector(".by-hand").hidden = true; // the page sees for itself
      card.addEventListener("mouseenter", () => light(n));
      card.addEventListener("focusin", () => {
        here = stops.indexOf(card);
        light(n);
        const words = marksOf(n)[0];
        if (words) words.scrollIntoView({ block: "nearest" });
      });
    }
    sheet.querySelector(".text").addEventListener("click", (event) => {
      const mark = event.target.closest("mark[data-claims]");
      if (mark && !String(getSelection())) {
        go(stops.findIndex((c) => c.dataset.claim === mark.dataset.to));
      }
    });
    watch();
    document.getElementById("decide").addEventListener("submit", refuseUnseen);
  }

  // A claim is seen once its card and every word of it that is marked were on the screen while the page was visible.
  function watch() {
    const waiting = new Map();
    for (const card of stops) waiting.set(card, new Set([card, ...marksOf(card.dataset.claim)]));
    const observer = new IntersectionObserver((entries) => {
      if (document.visibilityState !== "visible") return;
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        observer.unobserve(entry.target);
        for (const [card, left] of waiting) {
          left.delete(entry.target);
          if (!left.size) { seen(card); waiting.delete(card); }
        }
      }
    }, { threshold: 0.01 });
    const start = () => { for (const left of waiting.values()) left.forEach((el) => observer.observe(el)); };
    if (document.visibilityState === "visible") start();
    else document.addEventListener("visibilitychange", start, { once: true });
  }

  function seen(card) {
    card.classList.add("seen");
    card.querySelector("[data-seen]").checked = true;
  }

  function refuseUnseen(event) {
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    const box = (card, name) => card.querySelector(`[name=${name}]`);
    const unseen = stops.find((c) => !c.classList.contains("seen") && box(c, "accept").checked);
    const open = stops.find((c) => box(c, "leave") && !box(c, "leave").checked && !box(c, "accept").checked);
    if (!unseen && !open) return;
    event.preventDefault();
    sheet.querySelector("[data-status]").textContent = unseen ? "Look at the words of this claim first, then publish."
      : "This claim is to be looked at twice: space accepts it, x leaves it out.";
    go(stops.indexOf(unseen || open));
  }

  document.addEventListener("keydown", (event) => {
    if (off || event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement)) return;
    const act = sheet && sheet.querySelector(`[data-act="${CSS.escape(event.key)}"]`);
    if (act) { event.preventDefault(); act.click(); return; }
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") go(here - 1);
    else if (event.key === "n") { const fresh = document.querySelector(".news a"); if (fresh) fresh.click(); }
    else if (event.key === "u" && sheet) location.href = document.querySelector(".bar nav a").href;
    else if ((event.key === " " || event.key === "x") && sheet && stops[here] === document.activeElement) {
      const boxes = ["accept", "leave"].map((name) => stops[here].querySelector(`[name=${name}]`));
      const [box, other] = event.key === "x" ? boxes.reverse() : boxes;
      event.preventDefault();
      if (!box || box.disabled) return;
      box.checked = !box.checked;
      if (other && box.checked) other.checked = false;
    } else if (event.key === "Enter" && sheet && stops[here] === document.activeElement) {
      location.hash = `w${stops[here].dataset.claim}`;
    }
  });
})();
