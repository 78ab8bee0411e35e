// What happens while a page of the desk is open. Nothing that is read moves: news stand in a strip that is always there.
"use strict";
(() => {
  const root = document.querySelector("[data-live]");
  if (!root) return;
  const all = (query) => [...document.querySelectorAll(query)];
  const { live, at } = root.dataset, list = document.querySelector("[data-seq]"), title = document.title;
  const address = `${live}/stream?${new URLSearchParams({ at, after: list ? list.dataset.seq : "" })}`;
  const get = (name) => { try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; } };
  const set = (name, ids) => { try { localStorage.setItem(name, JSON.stringify(ids.slice(-500))); } catch { /* for this page only */ } };
  const SEEN = "sayso-desk-seen", RUNG = "sayso-desk-rung", SOUND = "sayso-desk-sound";
  const el = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });
  let seen = get(SEEN), last = null, shown = "", source = null, timer = 0, lost = 0;

  const see = (ids) => {
    seen = [...new Set([...get(SEEN), ...ids])];
    if (ids.length) set(SEEN, seen);
    draw();
  };

  function draw() {
    if (!last) return;
    const fresh = last.alerts.filter((a) => !seen.includes(a.id)), [a] = fresh, count = last.new + fresh.length;
    document.title = count ? `(${count}) ${title}` : title;
    const state = JSON.stringify([last.new, fresh]);
    if (state !== shown) {
      shown = state;
      const news = [], onclick = () => see([a.id]);
      if (last.new) news.push(el("a", `${last.new} new`, { href: location.pathname + location.search, className: "pill" }));
      if (a) {
        news.push(el("a", a.text, { href: `${live}/${a.path}`, className: "told", title: a.text, onclick }));
        news.push(el("button", "Seen", { type: "button", onclick }));
      }
      if (fresh[1]) news.push(el("a", `${fresh.length - 1} more`, { href: `${live}/alerts` }));
      root.replaceChildren(...news);
    }
    for (const row of all("[data-alert]")) row.querySelector("[data-unseen]").hidden = seen.includes(row.dataset.alert);
    for (const place of all("[data-here]")) {
      const words = (last.here[place.dataset.here] || []).join(", ");
      if (place.textContent !== words) place.textContent = words;
    }
  }

  function hear(message) {
    if (lost > 2) shown = "";
    [last, lost] = [message, 0];
    see(message.alerts.filter((a) => a.path === at).map((a) => a.id)); // it is open before their eyes
    const rung = get(RUNG), fresh = message.alerts.map((a) => a.id).filter((id) => !rung.includes(id));
    if (!fresh.length) return;
    set(RUNG, [...rung, ...fresh]);
    if (get(SOUND).length) tone();
  }

  // No news and no line are not the same.
  function lose() {
    lost += 1;
    if (lost === 3) root.replaceChildren(el("strong", "No line to the desk: what is new is not shown. Load the page again."));
  }

  // Two short tones, made here: no file, no request.
  function tone() {
    const sound = new AudioContext();
    [660, 880].forEach((pitch, n) => {
      const voice = sound.createOscillator(), loud = sound.createGain(), begin = sound.currentTime + n * 0.18;
      voice.frequency.value = pitch;
      loud.gain.setValueAtTime(0.12, begin);
      loud.gain.exponentialRampToValueAtTime(0.001, begin + 0.16);
      voice.connect(loud).connect(sound.destination);
      voice.start(begin);
      voice.stop(begin + 0.17);
    });
  }

  const poll = () => fetch(address).then((answer) => answer.json()).then(hear).catch(lose);
  const asking = (ms) => { source = null; timer = setInterval(poll, ms); };
  function listen() {
    clearInterval(timer);
    if (source) source.close();
    if (document.hidden) { asking(5000); return; } // browsers have six lines for a site
    source = new EventSource(address);
    source.onmessage = (event) => hear(JSON.parse(event.data));
    source.onerror = () => { lose(); if (source && source.readyState === 2) asking(3000); };
  }

  for (const button of all("[data-sound]")) {
    const say = () => { button.textContent = `Turn the sound ${get(SOUND).length ? "off" : "on"}`; };
    button.onclick = () => { set(SOUND, get(SOUND).length ? [] : [1]); say(); if (get(SOUND).length) tone(); };
    button.hidden = false;
    say();
  }
  for (const button of all("[data-all-seen]")) {
    button.onclick = () => see(all("[data-alert]").map((row) => row.dataset.alert));
    button.hidden = false;
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("storage", () => see([]));
  root.classList.add("on");
  listen();
})();
