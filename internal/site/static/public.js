/* Everything here is an extra. With this file gone, every page still works:
   search is a form, menus and collapsibles are <details>, reactions post.   */
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];

  // "/" goes to search, unless the reader is typing
  addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable) return;
    const q = $("#q"); if (q && q.checkVisibility()) { e.preventDefault(); q.focus(); q.select(); }
  });

  // one menu at a time; Escape and a click outside close it
  const menus = () => $$("details.menu[open]");
  addEventListener("toggle", (e) => { if (e.target.matches?.("details.menu[open]")) menus().forEach((d) => d !== e.target && (d.open = false)); }, true);
  addEventListener("click", (e) => menus().forEach((d) => d.contains(e.target) || (d.open = false)));
  addEventListener("keydown", (e) => { if (e.key === "Escape") menus().forEach((d) => { d.open = false; $("summary", d).focus(); }); });

  // the table of contents follows the reader
  const links = $$(".toc a"), heads = links.map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))));
  if (links.length) {
    const mark = () => {
      let n = 0; heads.forEach((h, i) => { if (h && h.getBoundingClientRect().top < innerHeight * 0.3) n = i; });
      if (scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) n = links.length - 1;
      links.forEach((a, i) => (i === n ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
    };
    let due; addEventListener("scroll", () => { due ||= requestAnimationFrame(() => { due = 0; mark(); }); }, { passive: true });
    mark();
  }

  // a place in the text that lies in a fold opens it; the fold above the text closes behind the reader
  const unfold = () => {
    let at; try { at = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    for (let d = at?.closest("details:not([open])"); d; d = d.parentElement.closest("details:not([open])")) d.open = true;
  };
  addEventListener("hashchange", unfold); unfold();
  $(".toc-fold")?.addEventListener("click", (e) => { if (e.target.closest("a")) e.currentTarget.open = false; });

  // copying and printing: hidden in the markup, shown because they work now
  $$("[data-copy], [data-print]").forEach((b) => (b.hidden = false));
  const heard = document.body.appendChild(Object.assign(document.createElement("p"), { className: "vh" })); heard.setAttribute("role", "status");
  addEventListener("click", async (e) => {
    const b = e.target.closest("[data-copy], [data-copy-link]"); if (!b || !navigator.clipboard || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    await navigator.clipboard.writeText(b.href || $("code", b.closest(".code")).textContent);
    const t = b.lastChild; b.dataset.was ??= t.nodeValue;
    t.nodeValue = heard.textContent = b.dataset.done; clearTimeout(b.timer);
    b.timer = setTimeout(() => { t.nodeValue = b.dataset.was; heard.textContent = ""; }, 1800);
  });
  addEventListener("click", (e) => e.target.closest("[data-print]") && print());

  // pictures open large; without script the link opens the file
  addEventListener("click", (e) => {
    const a = e.target.closest("a[data-zoom]"); if (!a || e.ctrlKey || e.metaKey || e.shiftKey || !window.HTMLDialogElement) return;
    e.preventDefault();
    const d = document.createElement("dialog"), i = $("img", a).cloneNode(), p = document.createElement("p"), f = document.createElement("form"), x = document.createElement("button");
    d.className = "light"; d.setAttribute("aria-label", i.alt || a.getAttribute("aria-label") || ""); i.loading = "eager"; i.removeAttribute("srcset"); i.src = a.href; i.className = "";
    p.textContent = $("figcaption", a.closest("figure") || a)?.textContent || "";
    f.method = "dialog"; x.className = "btn"; x.setAttribute("aria-label", document.body.dataset.close); x.textContent = "\u00d7"; f.append(x);
    d.append(i, p, f); d.addEventListener("click", (ev) => ev.target === d && d.close()); d.addEventListener("close", () => d.remove());
    document.body.append(d); d.showModal();
  });

  // a video plays in place where its host is allowed; elsewhere the link leads there
  addEventListener("click", (e) => {
    const a = e.target.closest(".video a[data-play]"); if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    const v = document.createElement("iframe"); v.src = a.dataset.play; v.title = a.textContent.trim(); v.allow = "autoplay; fullscreen; picture-in-picture"; v.allowFullscreen = true;
    a.closest(".video").replaceChildren(v); v.focus();
  });

  // a reaction is sent without leaving the page
  const faces = $("form.faces");
  faces?.addEventListener("submit", async (e) => {
    const b = e.submitter; if (!b) return;
    e.preventDefault();
    const pressed = $$("button", faces).map((x) => x.getAttribute("aria-pressed"));
    $$("button", faces).forEach((x) => x.setAttribute("aria-pressed", String(x === b)));
    try {
      const r = await fetch(faces.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ reaction: b.value }) });
      if (!r.ok) throw r.status;
      $("p", faces.parentElement).textContent = faces.dataset.thanks;
    } catch {
      $$("button", faces).forEach((x, i) => pressed[i] === null ? x.removeAttribute("aria-pressed") : x.setAttribute("aria-pressed", pressed[i]));
      const i = Object.assign(document.createElement("input"), { type: "hidden", name: "reaction", value: b.value });
      faces.append(i); faces.submit();
    }
  });

  // search as you type: the address answers with a list of role=option; hints for keys are not for touch
  const touch = matchMedia("(pointer: coarse)");
  $$("form[data-suggest]").forEach((form) => {
    const input = $("input[type=search]", form); let box, wait, ctl, opts = [], at = -1, going = false;
    const inside = form.matches(".find"), field = inside ? form : form.parentElement; // what the panel is as wide as
    const say = field.appendChild(Object.assign(document.createElement("p"), { className: "vh" })); say.setAttribute("role", "status");
    const close = () => { clearTimeout(wait); ctl?.abort(); box?.remove(); box = null; opts = []; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); input.removeAttribute("aria-controls"); };
    const pick = (n) => { opts[at]?.setAttribute("aria-selected", "false"); at = (n + opts.length) % opts.length; const o = opts[at]; o.setAttribute("aria-selected", "true"); o.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", o.id); };
    const show = (html) => {
      const was = opts[at]?.dataset.href; box?.remove(); box = document.createElement("div"); box.className = "hits"; box.innerHTML = html; at = -1; input.removeAttribute("aria-activedescendant");
      opts = $$("[role=option]", box); if (!opts.length) { say.textContent = ""; return close(); }
      const list = $("[role=listbox]", box); inside ? form.append(box) : form.after(box); input.setAttribute("aria-controls", list.id); input.setAttribute("aria-expanded", "true");
      const status = touch.matches ? list.dataset.count : list.dataset.status;
      if (say.textContent !== status) say.textContent = status;
      const same = was ? opts.findIndex((o) => o.dataset.href === was) : -1; if (same >= 0) pick(same);
      opts.forEach((o, i) => o.addEventListener("pointermove", () => i === at || pick(i)));
      box.addEventListener("click", (e) => { const o = e.target.closest("[role=option]"); if (o) location.href = o.dataset.href; });
    };
    input.setAttribute("role", "combobox"); input.setAttribute("aria-autocomplete", "list"); input.setAttribute("aria-expanded", "false");
    const ask = (after) => {
      clearTimeout(wait); const q = input.value.trim(); if ([...q].length < 2) return close();
      wait = setTimeout(async () => {
        ctl?.abort(); const mine = ctl = new AbortController();
        try {
          const r = await fetch(form.dataset.suggest + "?q=" + encodeURIComponent(q), { signal: mine.signal }); if (!r.ok) return close();
          const html = await r.text(); if (mine === ctl) show(html);
        } catch { /* a newer request took over, or there is no connection: the form still sends */ }
      }, after);
    };
    input.addEventListener("input", () => ask(120));
    input.addEventListener("keydown", (e) => {
      if (e.isComposing) return;
      if (e.key === "Escape" && box) { e.preventDefault(); return close(); }
      if (e.key === "ArrowDown" && !box) { e.preventDefault(); return ask(0); } if (!opts.length) return;
      if (e.key === "ArrowDown") { e.preventDefault(); pick(at + 1); } else if (e.key === "ArrowUp") { e.preventDefault(); pick(at < 0 ? -1 : at - 1); }
      else if (e.key === "Enter" && at >= 0) { e.preventDefault(); going = true; location.href = opts[at].dataset.href; }
    });
    form.addEventListener("submit", (e) => going && e.preventDefault()); addEventListener("pageshow", () => { going = false; });
    field.addEventListener("focusout", (e) => { if (!field.contains(e.relatedTarget)) setTimeout(() => field.contains(document.activeElement) || close(), 150); });
  });
})();
