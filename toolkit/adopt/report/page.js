"use strict";
(() => {
  const root = document.documentElement;
  const search = document.getElementById("search");
  const matches = document.getElementById("matches");
  const theme = document.getElementById("theme");
  const said = document.getElementById("said");
  const status = document.getElementById("status"); // none where there is nothing to choose
  const many = 300; // a folded group opens by itself up to this many matches

  for (const one of document.querySelectorAll(".tools, .copy")) one.hidden = false;

  // Theme: the system's until the button is used; nothing is stored
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const label = () => {
    theme.textContent = dark() ? "Light" : "Dark";
    theme.ariaLabel = `${theme.textContent} theme`;
  };
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    label();
  });
  system.addEventListener("change", label);
  label();

  // Copy: where the browser gives no clipboard to a file, the text is selected
  const copied = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const done = await copied(button.parentElement.querySelector("code"));
    button.textContent = done ? "Copied" : "Selected";
    said.textContent = done ? "Copied" : "Selected: press Ctrl and C";
    setTimeout(() => {
      button.textContent = "Copy";
      said.textContent = "";
    }, 2000);
  });

  // Search: what an entry says, with what stands over it, is put together once
  const groups = new Map();
  const entries = [];
  const groupOf = (element) => {
    const folder = element?.closest("[data-group]");
    if (!folder) return null;
    let group = groups.get(folder);
    if (!group) {
      const count = folder.querySelector(":scope > h2 > [data-count], :scope > summary > [data-count]");
      const context = folder.querySelector(":scope > [data-context], :scope > summary > h3");
      group = {
        element: folder,
        over: groupOf(folder.parentElement),
        count,
        text: count?.textContent,
        context: context ? context.textContent.toLowerCase() : "",
        status: folder.dataset.status,
        total: 0,
        shown: 0,
        open: folder.open,
      };
      groups.set(folder, group);
    }
    return group;
  };
  const chain = (group) => (group ? [group, ...chain(group.over)] : []);
  const prepare = () => {
    if (entries.length) return;
    for (const element of document.querySelectorAll("[data-entry]")) {
      const over = chain(groupOf(element));
      for (const group of over) group.total += 1;
      const text = element.textContent.toLowerCase() + " " + over.map((one) => one.context).join(" ");
      entries.push({ element, over, text, status: over.find((one) => one.status)?.status, shown: true });
    }
  };
  const figure = (count) => count.toLocaleString("en");
  let filtering = false;

  const show = (entry, shown) => {
    if (entry.shown === shown) return;
    entry.shown = shown;
    entry.element.hidden = !shown;
  };
  const settle = (group) => {
    group.element.hidden = filtering && !group.shown;
    if (group.count) {
      group.count.textContent = filtering ? `${figure(group.shown)} of ${figure(group.total)}` : group.text;
    }
    if (group.element.tagName === "DETAILS") {
      group.element.open = filtering ? group.shown > 0 && group.shown <= many : group.open;
    }
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = status?.value ?? "";
    const active = words.length > 0 || wanted !== "";
    if (!active && !filtering) return;
    prepare();
    for (const group of groups.values()) {
      if (!filtering) group.open = group.element.open;
      group.shown = 0;
    }
    filtering = active;
    document.body.classList.toggle("filtering", active);
    let total = 0;
    for (const entry of entries) {
      const fits =
        (!wanted || entry.status === wanted) && words.every((word) => entry.text.includes(word));
      show(entry, fits);
      if (!fits) continue;
      total += 1;
      for (const group of entry.over) group.shown += 1;
    }
    for (const group of groups.values()) settle(group);
    matches.textContent = active ? `${figure(total)} of ${figure(entries.length)} match` : "";
  };

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  status?.addEventListener("change", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select")) {
      event.preventDefault();
      search.focus();
    }
    if (event.key !== "Escape" || event.isComposing) return;
    search.value = "";
    if (status) status.value = "";
    clearTimeout(waiting);
    filter();
  });
  if (search.value || status?.value) filter(); // a browser may bring it back on reload

  // Print: whatever is folded is opened, and folded again
  let folded = [];
  const open = () => {
    folded.push(...document.querySelectorAll("details:not([open])"));
    for (const one of folded) one.open = true;
  };
  const close = () => {
    for (const one of folded) one.open = false;
    folded = [];
  };
  matchMedia("print").addEventListener("change", (event) => (event.matches ? open() : close()));
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
})();
