// The live page: new entries arrive without moving what is being read. The page is whole without this file.
(() => {
  "use strict";
  const body = document.body, path = body.dataset.live, box = document.getElementById("entries");
  const $ = (id) => document.getElementById(id);

  // Times stand in the coverage's zone; "My time" shows them in the reader's, absolute and in 24 hours as well.
  const mine = $("mytime");
  const FORMS = {
    clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    moment: { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  };
  const formats = {}; // making one takes longer than writing a hundred times with it: made once, and while nothing else is to do
  const format = (form) => formats[form] ??= new Intl.DateTimeFormat("en-GB", FORMS[form]);
  const write = (el, own) => {
    el.dataset.there ??= el.textContent;
    const words = own ?? el.dataset.there;
    if (el.textContent !== words) el.textContent = words;
  };
  const times = () => {
    const own = mine?.getAttribute("aria-pressed") === "true";
    if (!own && !body.classList.contains("own-time")) return;
    body.classList.toggle("own-time", own);
    for (const t of document.querySelectorAll("time[data-form]")) {
      write(t, own ? format(t.dataset.form).format(new Date(t.dateTime)) : null);
    }
    for (const p of document.querySelectorAll(".place")) write(p, own ? "your time" : null);
  };
  if (mine) {
    mine.hidden = false;
    window.requestIdleCallback?.(() => Object.keys(FORMS).forEach((form) => format(form).format()));
    mine.onclick = () => {
      mine.setAttribute("aria-pressed", String(mine.getAttribute("aria-pressed") !== "true"));
      times();
    };
  }

  // j and k go from entry to entry, not while something is typed or played.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || (e.key !== "j" && e.key !== "k")) return;
    if (/^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(e.target.tagName)) return;
    const all = [...document.querySelectorAll("article.entry")];
    const now = all.indexOf(document.activeElement?.closest?.("article.entry"));
    const next = all.findIndex((a) => a.getBoundingClientRect().top > 8);
    const to = now >= 0 ? now + (e.key === "j" ? 1 : -1) : e.key === "j" ? next : (next < 0 ? all.length : next) - 1;
    all[to]?.focus({ preventScroll: true });
    all[to]?.scrollIntoView({ block: "start" });
  });

  // An entry is shared as #ID of the live page: once it is too old for it, the page around it is opened.
  const hash = location.hash.slice(1), home = box?.dataset.home;
  if (/^[\w-]+$/.test(hash) && box?.dataset.newest && !$(hash)) {
    const to = `${location.pathname}around/${hash}/`;
    fetch(to).then((r) => { if (r.ok) location.replace(`${to}#${hash}`); }).catch(() => {});
  }
  if (!hash) document.querySelector(".entry[aria-current]")?.focus();

  if (!path || !box) return;
  let n = Number(body.dataset.n), held = [], paused = false, errors = 0, timer = 0, spoken = 0, stream = null;
  const pill = $("pill"), pause = $("pause"), status = $("status"), title = document.title;
  const away = new Set(); // what an older page does not take in
  const late = new Map(); // what changed while the reader had paused
  pause.hidden = false;

  const parse = (html) => {
    const t = document.createElement("template");
    t.innerHTML = html;
    return t.content.firstElementChild;
  };
  const atTop = () => box.getBoundingClientRect().top > -8 && document.visibilityState === "visible";

  // Keep the first visible entry where it is: change, then scroll by what is left after the browser's own anchoring.
  const still = (change) => {
    const seen = [...document.querySelectorAll("#entries > *, .aside > *, .pinned")].find((a) => {
      const r = a.getBoundingClientRect();
      return r.top >= 0 && r.top < innerHeight;
    }) ?? [...box.children].find((a) => a.getBoundingClientRect().bottom > 0);
    const before = seen?.getBoundingClientRect().top, id = seen?.id;
    change();
    const now = seen?.isConnected ? seen : id && $(id);
    if (now && scrollY > 0) {
      const left = now.getBoundingClientRect().top - before;
      if (Math.abs(left) >= 0.5) scrollBy({ top: left, behavior: "instant" });
    }
  };
  const insert = (node) => {
    $("none")?.remove();
    $(node.id)?.remove();
    const at = Date.parse(node.dataset.at);
    const next = [...box.children].find((a) => a.dataset.at && Date.parse(a.dataset.at) <= at);
    node.classList.add("fresh");
    box.insertBefore(node, next ?? null);
  };
  const count = () => {
    const many = held.length + away.size;
    pill.hidden = !many;
    const words = `${many} new ${many === 1 ? "update" : "updates"}${away.size ? " on the live page" : ""}`;
    pill.textContent = words;
    document.title = many ? `(${many}) ${title}` : title;
    if (many && Date.now() - spoken > 20000) { status.textContent = words; spoken = Date.now(); }
    if (!many) status.textContent = paused ? "Updates are paused" : "";
  };
  const release = () => {
    const nodes = held;
    held = [];
    for (const node of nodes) insert(node);
    count();
    times();
    return nodes[nodes.length - 1];
  };
  pill.onclick = () => {
    if (home) return location.assign(home); // an older page shows the way to what is new, and takes nothing in
    const newest = release();
    newest?.focus({ preventScroll: true });
    newest?.scrollIntoView({ block: "start" });
  };
  pause.onclick = () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    if (!paused) {
      for (const [, [kind, data]] of late) apply(kind, data);
      late.clear();
      if (atTop()) release();
    }
    count();
  };
  const back = () => { if (held.length && !paused && atTop()) release(); };
  addEventListener("scroll", back, { passive: true });
  document.addEventListener("visibilitychange", back);

  const apply = (kind, data) => {
    if (data.parts) {
      if (paused) return late.set(kind, [kind, data]);
      for (const [id, html] of Object.entries(data.parts)) {
        const el = $(id);
        if (el && html) still(() => { el.innerHTML = html; });
      }
      return times();
    }
    const old = $(data.post), waiting = held.findIndex((h) => h.id === data.post);
    const node = data.html ? parse(data.html) : null;
    if (waiting >= 0) {
      if (node) held[waiting] = node; else held.splice(waiting, 1);
    } else if (old) {
      const gone = kind === "drop" || !node || node.classList.contains("is-gone"); // a takedown does not wait for the reader
      if (paused && !gone) return late.set(data.post, [kind, data]);
      late.delete(data.post);
      still(() => { if (node) old.replaceWith(node); else old.remove(); });
      const copy = $("pinned-" + data.post);
      if (gone && copy) still(() => copy.remove());
    } else if (away.has(data.post)) {
      if (!node) away.delete(data.post);
    } else if (kind === "add" && node) {
      if (home) away.add(data.post);
      else if (!paused && atTop()) insert(node);
      else held.push(node);
    }
    count();
    times();
  };
  const take = (id, kind, data) => {
    if (id <= n) return;
    n = id;
    apply(kind, data);
  };
  const get = async (address) => {
    const reply = await fetch(path + "live/" + address);
    if (reply.ok) return reply;
    if (reply.status === 404) return null; // nothing is left of it
    throw new Error(reply.status);
  };
  // Files of numbers that every reader shares say what changed; the newest words of each are asked for once.
  const catchUp = async (head) => {
    let all = head.changes;
    for (let to = head.n - all.length; to > n; to -= head.segment) {
      all = [...await (await get(`${to - head.segment + 1}-${to}.json`)).json(), ...all];
    }
    const newest = new Map(), added = new Set();
    for (const [k, kind, post] of all.filter((c) => c[0] > n)) {
      if (kind === "add") added.add(post);
      newest.delete(post);
      newest.set(post, { k, kind: kind === "put" && added.has(post) ? "add" : kind });
    }
    const found = await Promise.all([...newest].map(async ([post, { k, kind }]) => {
      const reply = await get(post ? `post/${post}/${k}` : `parts/${k}`);
      return [kind, post ? { post, html: reply ? await reply.text() : "" } : { parts: await reply.json() }];
    }));
    for (const [kind, data] of found) apply(kind, data);
    n = head.n;
  };
  const poll = async (stay) => {
    let wait = 15;
    try {
      const head = await (await get("head.json")).json();
      wait = head.interval_s;
      if (head.n - n > head.most || n - head.n > head.most) return stale();
      if (head.n > n) await catchUp(head);
      if (!stay || --stay === 0) return open();
    } catch { /* the network is away: ask again */ }
    timer = setTimeout(poll, wait * 1000 * (1 + Math.random() / 5), stay || 1);
  };
  // Too much was missed to be told one by one: the reader says when to load anew, nothing moves by itself.
  const stale = () => {
    stream?.close();
    pill.textContent = "Reload for newer updates";
    pill.onclick = () => location.reload();
    pill.hidden = false;
    status.textContent = "There are newer updates";
  };
  // Without a stream, ask now and then; after `stay` answers try the stream again (0: at once).
  const fall = (stay) => { stream?.close(); clearTimeout(timer); errors = 0; poll(stay); };
  const open = () => {
    stream = new EventSource(`${path}events?after=${n}`);
    stream.onopen = () => { errors = 0; };
    for (const kind of ["add", "put", "drop", "tally", "summary"]) {
      stream.addEventListener(kind, (e) => take(Number(e.lastEventId), kind, JSON.parse(e.data)));
    }
    stream.addEventListener("reset", () => fall(0));
    stream.onerror = () => { if (++errors >= 4 || stream.readyState === EventSource.CLOSED) fall(30); };
  };
  if (navigator.connection?.saveData || !window.EventSource) poll(Infinity); else open();
})();
