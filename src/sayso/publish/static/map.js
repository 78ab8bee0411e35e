// The map nearer and farther: buttons and dragging change what part of the drawing is shown. It is whole without this file.
for (const figure of document.querySelectorAll(".map")) {
  const maps = [...figure.querySelectorAll(":scope > svg")].map((svg) => ({ svg, all: svg.viewBox.baseVal, w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height }));
  const keep = (v, low, high) => Math.min(Math.max(v, low), high);
  const show = (m, x, y, w) => {
    const b = m.all;
    w = keep(w, m.w / 8, m.w);
    const h = w * m.h / m.w;
    [b.x, b.y, b.width, b.height] = [keep(x, 0, m.w - w), keep(y, 0, m.h - h), w, h];
    m.svg.style.touchAction = w < m.w ? "none" : "auto";
  };
  const near = (by) => { for (const m of maps) { const b = m.all, w = keep(b.width * by, m.w / 8, m.w); show(m, b.x + (b.width - w) / 2, b.y + (b.height - w * m.h / m.w) / 2, w); } };
  const box = document.createElement("div");
  box.className = "zoom";
  for (const [sign, label, by] of [["+", figure.dataset.nearer, 0.6], ["−", figure.dataset.farther, 1 / 0.6]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.onclick = () => near(by);
    box.append(button);
  }
  figure.querySelector("figcaption").prepend(box);
  for (const m of maps) {
    let from = null;
    m.svg.onpointerdown = (e) => { if (m.all.width < m.w && !e.target.closest("a")) from = [e.clientX, e.clientY, m.all.x, m.all.y]; };
    m.svg.onpointermove = (e) => {
      if (!from) return;
      const by = m.all.width / m.svg.clientWidth;
      show(m, from[2] - (e.clientX - from[0]) * by, from[3] - (e.clientY - from[1]) * by, m.all.width);
    };
    m.svg.onpointerup = m.svg.onpointerleave = () => { from = null; };
  }
}
