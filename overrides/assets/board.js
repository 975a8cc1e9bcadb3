// What pages can do beyond reading: filter and sort the actions, open search, show what acronyms mean.
// Everything works without it: the whole list stands in the page, and acronyms are explained at its end.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  root.classList.add("js");

  function filters() {
    const form = document.querySelector("[data-filters]");
    const list = document.querySelector("[data-list]");
    if (!form || !list) return;
    const count = document.querySelector("[data-count]");
    const none = document.querySelector("[data-none]");
    const items = [...list.children];
    const names = ["status", "owner", "priority", "sort"];
    const order = {
      due: (a, b) => a.dataset.due.localeCompare(b.dataset.due),
      updated: (a, b) => a.dataset.updated.localeCompare(b.dataset.updated),
      moved: (a, b) => b.dataset.moved - a.dataset.moved,
      promised: (a, b) => b.dataset.promised.localeCompare(a.dataset.promised),
      id: (a, b) => a.dataset.id.localeCompare(b.dataset.id, "en", { numeric: true }),
    };

    function fits(item, chosen) {
      return (!chosen.status || item.dataset.states.split(" ").includes(chosen.status)) &&
        (!chosen.owner || item.dataset.owner === chosen.owner) &&
        (!chosen.priority || item.dataset.priorities.split(" ").includes(chosen.priority));
    }

    function apply(remember) {
      const chosen = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
      const sorted = order[chosen.sort] ? [...items].sort(order[chosen.sort]) : items;
      list.append(...sorted);
      let shown = 0;
      for (const item of items) {
        item.hidden = !fits(item, chosen);
        shown += !item.hidden;
      }
      none.hidden = shown > 0;
      const by = form.elements.sort.selectedOptions[0].textContent.toLowerCase();
      count.textContent = shown === items.length
        ? `All ${shown} actions, sorted by: ${by}.`
        : `${shown} of ${items.length} actions, sorted by: ${by}.`;
      if (remember) {
        const query = new URLSearchParams(names.filter((name) => chosen[name]).map((name) => [name, chosen[name]]));
        history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
      }
    }

    function readAddress() {
      const query = new URLSearchParams(location.search);
      for (const name of names) {
        const select = form.elements[name];
        const wanted = query.get(name) || "";
        select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
      }
      apply(false);
    }

    form.hidden = false;
    form.addEventListener("change", () => apply(true));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => apply(true)));
    window.addEventListener("popstate", readAddress);
    readAddress();
  }

  function search() {
    const button = document.querySelector("[data-search-open]");
    const toggle = document.getElementById("__search");
    const field = document.querySelector("[data-md-component=search-query]");
    if (!button || !toggle || !field) return;
    // Hack: the theme's search takes "education," for a word of its own. It reads the field here, so commas go here.
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    Object.defineProperty(field, "value", {
      get() { return value.get.call(this).replace(/[,;()?!]+/g, " "); },
      set(text) { value.set.call(this, text); },
    });
    button.addEventListener("click", () => {
      if (!toggle.checked) toggle.click();
      field.focus();
    });
    toggle.addEventListener("change", () => button.setAttribute("aria-expanded", String(toggle.checked)));
  }

  function menu() {
    const button = document.querySelector("[data-menu-open]");
    const nav = document.getElementById("menu");
    if (!button || !nav) return;
    const show = (open) => {
      nav.classList.toggle("b-nav--open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    nav.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      show(false);
      button.focus();
    });
  }

  function acronyms() {
    const met = new Set();
    for (const abbr of document.querySelectorAll(".md-typeset abbr[title]")) {
      // One stop for the keyboard and the finger an acronym and page: more would be in the way.
      if (met.has(abbr.textContent) || abbr.closest("a, button")) continue;
      met.add(abbr.textContent);
      abbr.tabIndex = 0;
      abbr.addEventListener("keydown", (event) => {
        if (event.key === "Escape") abbr.dataset.shut = "";
      });
      abbr.addEventListener("blur", () => delete abbr.dataset.shut);
    }
  }

  // The only thing kept on the reader's device, and only once the reader has chosen.
  function colours() {
    const button = document.querySelector("[data-colours-switch]");
    const sheet = document.querySelector("[data-dark]");
    if (!button || !sheet) return;
    const isDark = () => matchMedia(sheet.media).matches;
    const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = !isDark();
      sheet.media = dark ? "all" : "not all";
      try {
        localStorage.setItem("colours", dark ? "dark" : "light");
      } catch (error) {
        // A private window may refuse to keep it: the choice then holds for this page.
      }
      name();
    });
    name();
  }

  menu();
  colours();
  filters();
  search();
  acronyms();
})();
