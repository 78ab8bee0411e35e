// The live page: entries arrive without moving what is being read. Everything here is an addition; the page is whole without it.
(() => {
  "use strict";
  const body = document.body, path = body.dataset.live, box = document.getElementById("entries");
  const $ = (id) => document.getElementById(id);

  // Times: the coverage's zone is what the server wrote; "my time" is the reader's own.
  const mytime = $("mytime");
  const show = () => {
    const mine = mytime.getAttribute("aria-pressed") === "true";
    for (const t of document.querySelectorAll("time[datetime]")) {
      t.dataset.there ??= t.textContent;
      t.textContent = mine
        ? new Date(t.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false })
        : t.dataset.there;
    }
  };
  if (mytime) {
    mytime.hidden = false;
    mytime.onclick = () => {
      mytime.setAttribute("aria-pressed", String(mytime.getAttribute("aria-pressed") !== "true"));
      show();
    };
  }

  // j and k go from entry to entry.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(e.target.tagName)) return;
    if (e.key !== "j" && e.key !== "k") return;
    const all = [...document.querySelectorAll("article.entry")];
    const at = all.findIndex((a) => a.getBoundingClientRect().top > 8);
    const now = document.activeElement?.closest?.("article.entry");
    const from = now ? all.indexOf(now) : e.key === "j" ? at - 1 : at;
    const to = all[from + (e.key === "j" ? 1 : -1)];
    if (to) { to.focus(); to.scrollIntoView({ block: "start" }); }
  });

  if (!path || !box) return;
  let n = Number(body.dataset.n), held = [], paused = false, errors = 0, timer = 0, spoken = 0, stream = null;
  const pill = $("pill"), pause = $("pause"), status = $("status"), title = document.title;
  pause.hidden = false;

  const parse = (html) => {
    const t = document.createElement("template");
    t.innerHTML = html;
    return t.content.firstElementChild;
  };
  const atTop = () => box.getBoundingClientRect().top > -8 && document.visibilityState === "visible";

  // Keep the first visible entry where it is: change, then scroll by what is left over after the browser's own anchoring.
  const still = (change) => {
    const seen = [...box.children].find((a) => a.getBoundingClientRect().bottom > 0);
    const before = seen?.getBoundingClientRect().top;
    change();
    if (seen?.isConnected && !atTop()) {
      const left = seen.getBoundingClientRect().top - before;
      if (Math.abs(left) > 0.5) window.scrollBy(0, left);
    }
  };
  const insert = (node) => {
    $("none")?.remove();
    document.getElementById(node.id)?.remove();
    const next = [...box.children].find((a) => a.dataset.at && a.dataset.at <= node.dataset.at);
    box.insertBefore(node, next ?? null);
    node.classList.add("fresh");
  };
  const count = () => {
    pill.hidden = held.length === 0;
    const words = held.length === 1 ? "1 new update" : `${held.length} new updates`;
    pill.textContent = words;
    document.title = held.length ? `(${held.length}) ${title}` : title;
    if (held.length && Date.now() - spoken > 20000) { status.textContent = words; spoken = Date.now(); }
  };
  const release = () => {
    const nodes = held;
    held = [];
    for (const node of nodes) insert(node);
    count();
    if (mytime) show();
    return nodes[nodes.length - 1];
  };
  pill.onclick = () => {
    const newest = release();
    newest?.focus({ preventScroll: true });
    newest?.scrollIntoView({ block: "start" });
  };
  pause.onclick = () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    if (!paused && atTop()) release();
  };
  addEventListener("scroll", () => { if (held.length && !paused && atTop()) release(); }, { passive: true });

  const apply = (kind, data) => {
    if (kind === "summary" || kind === "tally") {
      for (const [id, html] of Object.entries(data.parts ?? {})) { const el = $(id); if (el && html) still(() => { el.innerHTML = html; }); }
      return;
    }
    const old = document.getElementById(data.post), waiting = held.findIndex((h) => h.id === data.post);
    const node = data.html ? parse(data.html) : null;
    if (waiting >= 0) {
      if (node) held[waiting] = node; else held.splice(waiting, 1);
    } else if (old) {
      still(() => { if (node) old.replaceWith(node); else old.remove(); });
    } else if (kind === "add" && node && box.dataset.newest) {
      if (!paused && atTop()) insert(node); else held.push(node);
    }
    count();
    if (mytime) show();
  };
  const receive = (kind) => (e) => {
    const id = Number(e.lastEventId);
    if (id && id <= n) return;
    n = id || n;
    errors = 0;
    apply(kind, JSON.parse(e.data));
  };
  const poll = async () => {
    try {
      const answer = await fetch(`${path}since/${n}/`, { headers: { accept: "application/json" } });
      if (answer.ok) {
        const found = await answer.json();
        for (const c of found.changes) if (c.n > n) { n = c.n; apply(c.kind, c); }
        if (found.reset) location.reload();
        timer = setTimeout(poll, found.interval_s * 1000);
        return;
      }
    } catch { /* the network is away: try again */ }
    timer = setTimeout(poll, 15000);
  };
  const open = () => {
    stream = new EventSource(`${path}events?after=${n}`);
    for (const kind of ["add", "put", "drop", "tally", "summary"]) stream.addEventListener(kind, receive(kind));
    stream.addEventListener("reset", () => { stream.close(); clearTimeout(timer); poll(); });
    stream.onerror = () => {
      errors += 1;
      if (errors >= 4 || stream.readyState === EventSource.CLOSED) { stream.close(); clearTimeout(timer); poll(); }
    };
  };
  if (navigator.connection?.saveData || !window.EventSource) poll(); else open();
})();
