// The live page: new entries arrive without moving what is being read. The page is whole without this file.
(() => {
  "use strict";
  const body = document.body, path = body.dataset.live, box = document.getElementById("entries");
  const $ = (id) => document.getElementById(id);

  // What a reader chose, where the browser keeps it.
  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem("sayso-" + key);
      localStorage.setItem("sayso-" + key, value);
    } catch { /* it holds for this page only */ }
  };

  // Keep the first visible entry where it is: change, then scroll by what is left after the browser's own anchoring.
  const still = (change) => {
    const seen = [...document.querySelectorAll("#entries > article, .aside > *, .pinned")].find((a) => {
      const r = a.getBoundingClientRect();
      return r.top >= 0 && r.top < innerHeight;
    }) ?? [...box?.children ?? []].find((a) => a.getBoundingClientRect().bottom > 0);
    const before = seen?.getBoundingClientRect().top, id = seen?.id;
    change();
    const now = seen?.isConnected ? seen : id && $(id);
    if (now && scrollY > 0) {
      const left = now.getBoundingClientRect().top - before;
      if (Math.abs(left) >= 0.5) scrollBy({ top: left, behavior: "instant" });
    }
  };

  // Times stand in the coverage's zone; "My time" shows them in the reader's, absolute and in 24 hours as well.
  const mine = $("mytime");
  const FORMS = {
    clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    moment: { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  };
  const formats = {}; // making one takes longer than writing a hundred times with it: made once, and while nothing else is to do
  const format = (form) => formats[form] ??= new Intl.DateTimeFormat(body.dataset.locale, FORMS[form]);
  const write = (el, own) => {
    el.dataset.there ??= el.textContent;
    const words = own ?? el.dataset.there;
    if (el.textContent !== words) el.textContent = words;
  };
  const times = () => {
    ago();
    const own = mine?.getAttribute("aria-pressed") === "true";
    if (!own && !body.classList.contains("own-time")) return;
    body.classList.toggle("own-time", own);
    for (const t of document.querySelectorAll("time[data-form]")) {
      write(t, own ? format(t.dataset.form).format(new Date(t.dateTime)) : null);
    }
    for (const p of document.querySelectorAll(".place")) write(p, own ? mine.dataset.say : null);
  };
  // How long ago an entry went out, beside its time, for a day; rounded down, so that it never runs backwards.
  const words = "ago" in body.dataset && new Intl.RelativeTimeFormat(body.dataset.locale, { numeric: "auto", style: "short" });
  const ago = () => {
    if (!words) return;
    for (const place of document.querySelectorAll(".entry .place")) {
      const min = Math.floor((Date.now() - new Date(place.closest(".entry").dataset.at)) / 60000);
      let span = place.nextElementSibling;
      if (!span?.classList.contains("ago")) place.after(span = Object.assign(document.createElement("span"), { className: "ago" }));
      const text = min < 0 || min >= 1440 ? "" : min < 60 ? words.format(-min, "minute") : words.format(-Math.floor(min / 60), "hour");
      if (span.textContent !== text) span.textContent = text;
    }
  };
  const later = () => { if (!document.hidden) still(ago); };
  setInterval(later, 60000);
  document.addEventListener("visibilitychange", later);
  if (mine) {
    const press = (on) => {
      mine.setAttribute("aria-pressed", on);
      kept("time", on ? "mine" : "");
      times();
    };
    mine.hidden = false;
    window.requestIdleCallback?.(() => Object.keys(FORMS).forEach((form) => format(form).format()));
    mine.onclick = () => press(mine.getAttribute("aria-pressed") !== "true");
    if (kept("time") === "mine") press(true);
  }
  ago();

  // Single keys, which can be switched off: j and k go from entry to entry, n to what is new, ? tells them. None of them
  // while something is typed or played.
  const help = $("keys"), on = $("keys-on");
  if (help) {
    $("keys-open").hidden = false;
    $("keys-open").onclick = () => help.showModal();
    on.checked = kept("keys") !== "off";
    on.onchange = () => kept("keys", on.checked ? "" : "off");
  }
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || on?.checked === false || help?.open) return;
    if (/^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(e.target.tagName)) return;
    if (e.key === "?") help?.showModal();
    if (e.key === "n" && $("pill")?.hidden === false) $("pill").click();
    if (e.key !== "j" && e.key !== "k") return;
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
  const forms = JSON.parse(pill.dataset.say), plural = new Intl.PluralRules(body.dataset.locale);
  const late = new Map(); // what changed while the reader had paused
  pause.hidden = false;

  const parse = (html) => {
    const t = document.createElement("template");
    t.innerHTML = html;
    return t.content.firstElementChild;
  };
  const atTop = () => box.getBoundingClientRect().top > -8 && document.visibilityState === "visible";

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
    const words = forms[away.size ? 1 : 0][plural.select(many)].replace("#", many);
    pill.textContent = words;
    document.title = many ? `(${many}) ${title}` : title;
    if (many && Date.now() - spoken > 20000) { status.textContent = words; spoken = Date.now(); }
    if (!many) status.textContent = paused ? status.dataset.say : "";
  };
  // What had waited stands above a line, so that a reader who comes back to it knows where it ends.
  const release = () => {
    const nodes = held, line = $("seen"), top = box.querySelector("article");
    held = [];
    for (const node of nodes) insert(node);
    if (nodes.length && top) {
      top.before(line);
      line.hidden = false;
    }
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

  const offer = (node) => { if (!paused && atTop()) insert(node); else held.push(node); };
  // A filtered page asks for itself anew, once for all changes of some seconds: what is new on it then is new.
  let due = 0;
  const refresh = () => {
    due ||= setTimeout(async () => {
      due = 0;
      try {
        const now = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
        const last = [...box.querySelectorAll("article")].pop()?.dataset.at ?? 0;
        for (const a of [...now.querySelectorAll("#entries > article")].reverse()) {
          if (!$(a.id) && !held.some((h) => h.id === a.id) && new Date(a.dataset.at) > new Date(last)) offer(a);
        }
        document.querySelector(".filters").innerHTML = now.querySelector(".filters").innerHTML;
        count();
        times();
      } catch { /* the next change asks again */ }
    }, 1000 + Math.random() * 4000);
  };

  // What is pinned, key events, and all that counts: asked for anew, since a key event may be older than what stands here, and
  // since what was taken down may be told there; that does not wait for a reader who has paused.
  let asked = 0;
  const stand = () => {
    if ($("summary")) asked ||= setTimeout(async () => {
      asked = 0;
      try { apply("summary", { parts: await (await get(`parts/${n}`)).json() }, true); } catch { /* the next change asks again */ }
    }, Math.random() * 2000);
  };

  const apply = (kind, data, whole) => {
    if (data.parts) {
      if (paused && !whole) return late.set("parts", [kind, data]); // each time all of them are told
      late.delete("parts");
      for (const [id, html] of Object.entries(data.parts)) {
        const el = $(id);
        if (!el || (!html && id !== "standing")) continue;
        const open = [...el.querySelectorAll("details")].map((d) => d.open);
        still(() => {
          el.innerHTML = html;
          el.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? d.open; });
        });
      }
      return times();
    }
    const node = data.html ? parse(data.html) : null;
    const gone = kind === "drop" || !node || node.classList.contains("is-gone"); // a takedown does not wait for the reader
    const up = document.querySelectorAll(`#standing [data-for="${data.post}"], #standing details:has(#pinned-${data.post})`);
    if (gone) still(() => up.forEach((e) => e.remove()));
    if ((gone && paused) || up.length || node?.matches(".key, [data-pinned]")) stand();
    const old = $(data.post), waiting = held.findIndex((h) => h.id === data.post);
    if (waiting >= 0) {
      if (node) held[waiting] = node; else held.splice(waiting, 1);
    } else if (old) {
      if (paused && !gone) return late.set(data.post, [kind, data]);
      late.delete(data.post);
      still(() => { if (node) old.replaceWith(node); else old.remove(); });
    } else if (away.has(data.post)) {
      if (!node) away.delete(data.post);
    } else if (box.dataset.filter) {
      refresh();
    } else if (kind === "add" && node) {
      if (home) away.add(data.post); else offer(node);
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
    pill.textContent = pill.dataset.reload;
    pill.onclick = () => location.reload();
    pill.hidden = false;
    status.textContent = status.dataset.newer;
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
