// A page as it stood: any minute of its day can be chosen on a slider. The page is whole without this file.
(() => {
  "use strict";
  const at = document.getElementById("slide-at"), go = document.getElementById("slide-go");
  const { zone: timeZone, locale } = document.body.dataset;
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const show = () => {
    const when = new Date(Date.parse(at.dataset.begin) + at.value * 60000), words = clock.format(when);
    at.setAttribute("aria-valuetext", words);
    go.textContent = go.dataset.words.replace("#", words);
    go.href = at.dataset.path.replace("#", when.toISOString().replace(/[-:]|\.\d+/g, ""));
  };
  at.oninput = show;
  at.onkeydown = (e) => { if (e.key === "Enter") go.click(); };
  show();
  document.getElementById("slide").hidden = false;
})();
