// Everything here is an extra: without this file the reference works as well,
// but for copying with one click.
(() => {
  const all = (s) => [...document.querySelectorAll(s)];

  // "/" goes to the search field, unless the reader is typing.
  addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== "radio") return;
    const field = all("#query, #q").find((f) => f.checkVisibility());
    if (field) { e.preventDefault(); field.focus(); field.select(); }
  });

  // The menu closes with Escape and with a click outside.
  addEventListener("click", (e) => all("details.menu[open]").forEach((d) => d.contains(e.target) || (d.open = false)));
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") all("details.menu[open]").forEach((d) => { d.open = false; d.querySelector("summary").focus(); });
  });

  // The language stays chosen from page to page, where the browser may keep it.
  const store = { get: () => { try { return localStorage.getItem("lang"); } catch { return null; } }, set: (v) => { try { localStorage.setItem("lang", v); } catch { /* not kept */ } } };
  const chosen = document.getElementById("lang-" + store.get());
  if (chosen) chosen.checked = true;
  addEventListener("change", (e) => { if (e.target.name === "lang") store.set(e.target.value); });

  // Copy buttons are hidden in the markup and shown because they work now.
  if (navigator.clipboard) all("[data-copy]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const show = (word, icon) => { b.querySelector("span").textContent = word; b.querySelector("use").setAttribute("href", icon); };
      await navigator.clipboard.writeText(b.closest(".panel, .code").querySelector("code").textContent);
      show("Copied", "#i-check");
      setTimeout(() => show("Copy", "#i-copy"), 1800);
    });
  });

  // The operation that is shown stands in sight in the list at the side.
  const here = document.querySelector(".side [aria-current]"), side = document.querySelector(".side");
  if (here && side) side.scrollTop = Math.max(0, here.offsetTop - side.clientHeight / 3);
})();
