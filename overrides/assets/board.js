// Enhancements: filtering and sorting actions, search, the menu on phones, acronyms, and the choice of colours. And a
// page that has not been updated says so.
// Everything works without it: a page has the actions after the first hundred, and acronyms are explained at its end.
(() => {
  "use strict";
  const root = document.documentElement;

  function filters() {
    const form = document.querySelector("[data-filters]");
    const list = document.querySelector("[data-list]");
    if (!form || !list) return;
    const count = document.querySelector("[data-count]");
    const none = document.querySelector("[data-none]");
    const all = document.querySelector("[data-all]");
    const others = document.querySelector("[data-others]"); // the link to the page that has those after the first
    const first = Number(list.dataset.first); // a phone takes a second to lay out many hundreds
    let isWhole = false, loading, missing = others ? Number(others.dataset.others) : 0;
    const items = [...list.children];
    const names = ["status", "kind", "topic", "owner", "priority", "plan", "sort"].filter((name) => form.elements[name]);
    // Words that people use in links for a choice of the field; the address keeps the word.
    const synonyms = { overdue: "late", done: "complete" };
    let sortedBy = "", asWritten = {};
    const order = {
      due: (a, b) => a.dataset.due.localeCompare(b.dataset.due),
      updated: (a, b) => a.dataset.updated.localeCompare(b.dataset.updated),
      moved: (a, b) => b.dataset.moved - a.dataset.moved,
      promised: (a, b) => b.dataset.promised.localeCompare(a.dataset.promised),
      id: (a, b) => a.dataset.id.localeCompare(b.dataset.id, "en", { numeric: true }),
    };

    function fits(item, chosen) {
      return (!chosen.status || item.dataset.states.split(" ").includes(chosen.status)) &&
        (!chosen.kind || item.dataset.states.split(" ").includes(chosen.kind)) &&
        (!chosen.owner || item.dataset.owner === chosen.owner) &&
        (!chosen.plan || item.dataset.plan === chosen.plan) &&
        (!chosen.topic || item.dataset.topics.split(" ").includes(chosen.topic)) &&
        (!chosen.priority || item.dataset.priorities.split(" ").includes(chosen.priority));
    }

    // The page of the others is read when they are asked for, and when a choice may fit them.
    function load() {
      loading ||= fetch(others.href).then((answer) => answer.ok ? answer.text() : Promise.reject(answer)).then((text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        const found = page.querySelector("[data-others-list]").children;
        for (const link of page.querySelectorAll("[data-others-list] a")) {
          link.href = new URL(link.getAttribute("href"), others.href).href;
        }
        items.push(...found);
        list.append(...found);
        others.remove();
        missing = 0;
      });
      return loading.catch(() => {
        loading = undefined;
        count.textContent = `The other ${missing} actions cannot be loaded. Try again when you are online.`;
        return Promise.reject();
      });
    }

    function apply(remember) {
      const chosen = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
      if (missing && Object.values(chosen).some(Boolean)) {
        count.textContent = `Loading the other ${missing} actions.`;
        load().then(() => apply(remember), () => {});
        return;
      }
      if (chosen.sort !== sortedBy) {
        sortedBy = chosen.sort;
        list.append(...(order[sortedBy] ? [...items].sort(order[sortedBy]) : items));
      }
      let found = 0;
      for (const item of list.children) {
        const isFound = fits(item, chosen);
        found += isFound;
        item.hidden = !isFound || (found > first && !isWhole);
      }
      none.hidden = found > 0;
      all.hidden = found <= first || isWhole;
      all.textContent = `Show the other ${found - first}`;
      for (const way of none.querySelectorAll("[data-way]")) {
        const [name, value] = way.dataset.way.split("=");
        way.hidden = chosen[name] !== value;
      }
      const by = form.elements.sort.selectedOptions[0].textContent.toLowerCase();
      count.textContent = (found === items.length ? `All ${found + missing} actions` : `${found} of ${items.length} actions`) +
        `, sorted by: ${by}.${all.hidden && !missing ? "" : ` These are the first ${first}.`}`;
      if (remember) {
        const query = new URLSearchParams(names.filter((name) => chosen[name]).map((name) =>
          [name, synonyms[asWritten[name]] === chosen[name] ? asWritten[name] : chosen[name]]));
        // Browsers of 2022 do not know the size of a query.
        history.replaceState(null, "", location.pathname + (`${query}` ? `?${query}` : ""));
      }
    }

    function readAddress() {
      asWritten = Object.fromEntries(new URLSearchParams(location.search));
      for (const name of names) {
        const options = [...form.elements[name].options].map((option) => option.value);
        const wanted = asWritten[name] || "";
        form.elements[name].value = [wanted, synonyms[wanted]].find((value) => options.includes(value)) || "";
      }
      apply(false);
    }

    const showAll = () => {
      const next = list.querySelectorAll(":scope > :not([hidden])").length;
      isWhole = true;
      apply(false);
      [...list.children].filter((item) => !item.hidden)[next].querySelector("a").focus();
    };
    all.addEventListener("click", showAll);
    if (others) others.addEventListener("click", (event) => {
      event.preventDefault();
      load().then(() => {
        apply(false);
        showAll();
      }, () => {});
    });
    form.addEventListener("change", () => apply(true));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => apply(true)));
    window.addEventListener("popstate", readAddress);
    readAddress();
  }

  // A table's rows are sorted within their groups: similar areas stay first.
  function sorting() {
    const table = document.querySelector("[data-sorted]");
    if (!table) return;
    for (const head of table.querySelectorAll("[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isUp = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.querySelectorAll("[data-sort]")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        const at = head.cellIndex, sign = isUp ? 1 : -1;
        const compare = head.dataset.sort === "name"
          ? (a, b) => sign * a.cells[at].textContent.localeCompare(b.cells[at].textContent, "en")
          // Areas without a figure come last in both directions.
          : (a, b) => ("value" in b.cells[at].dataset) - ("value" in a.cells[at].dataset) ||
            sign * (a.cells[at].dataset.value - b.cells[at].dataset.value) || 0;
        for (const body of table.tBodies) {
          body.append(...[...body.rows].filter((row) => !("stays" in row.dataset)).sort(compare));
        }
      });
    }
  }

  // The search, with its results and its index, is loaded when the search field gets the focus.
  function search() {
    const form = document.querySelector("[data-search]");
    const panel = document.querySelector("[data-results]");
    if (!form || !panel) return;
    const field = form.elements.query;
    const button = document.querySelector("[data-search-open]");
    let loading;

    const load = () => {
      loading ||= import(new URL(form.dataset.search, document.baseURI).href).then((module) => module.show(form, panel, button));
      loading.catch(() => {
        loading = undefined;
        panel.hidden = !field.value.trim();
        panel.querySelector("[data-results-count]").textContent = "The search cannot be loaded. Try again when you are online, or use the menu.";
      });
    };
    const open = (isOpen) => {
      form.classList.toggle("b-search--open", isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
    };
    button.addEventListener("click", () => {
      const isOpen = button.getAttribute("aria-expanded") !== "true";
      open(isOpen);
      if (isOpen) field.focus();
      else panel.hidden = true;
    });
    document.querySelector(".b-header").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || (panel.hidden && !form.classList.contains("b-search--open"))) return;
      field.value = "";
      panel.hidden = true;
      open(false);
      (button.offsetParent ? button : field).focus();
    });
    field.addEventListener("focus", load);
    field.addEventListener("input", load);
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  function menu() {
    const button = document.querySelector("[data-menu-open]");
    const nav = document.getElementById("menu");
    if (!button || !nav) return;
    const show = (open) => {
      nav.classList.toggle("b-nav--open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    nav.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      show(false);
      button.focus();
    });
  }

  function acronyms() {
    const met = new Set();
    for (const abbr of document.querySelectorAll(".b-text abbr[title]")) {
      // Only the first occurrence of an acronym is focusable: more tab stops would slow keyboard users down.
      if (met.has(abbr.textContent) || abbr.closest("a, button")) continue;
      met.add(abbr.textContent);
      abbr.tabIndex = 0;
      abbr.addEventListener("keydown", (event) => {
        if (event.key === "Escape") abbr.dataset.shut = "";
      });
      abbr.addEventListener("blur", () => delete abbr.dataset.shut);
    }
  }

  // A wide table scrolls. It gets a tabindex then, so that it can be scrolled by keyboard.
  function tables() {
    for (const table of document.querySelectorAll(".b-text table:not([class])")) {
      new ResizeObserver(() => {
        if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
        else table.removeAttribute("tabindex");
      }).observe(table);
    }
  }

  // The choice of colours is the only thing stored on the device, and only after the reader has made it.
  function colours() {
    const button = document.querySelector("[data-colours-switch]");
    if (!button) return;
    const isDark = () => (root.dataset.colours || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
    button.addEventListener("click", () => {
      root.dataset.colours = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("colours", root.dataset.colours);
      } catch (error) {
        // Storage may be blocked, as in private windows. The choice then applies to this page only.
      }
      name();
    });
    name();
  }

  // Only a style can write below each printed sheet.
  function printed() {
    const page = document.querySelector("[data-printed-from]");
    if (page) root.style.setProperty("--b-printed-from", JSON.stringify(page.dataset.printedFrom));
  }

  // What is late depends on the day. A page that is older than two days by the reader's clock says so.
  function old() {
    const notice = document.querySelector("[data-built]");
    const days = notice ? (Date.now() - Date.parse(notice.dataset.built)) / 86400000 : 0;
    if (days >= 3) notice.hidden = false; // the day of the build itself, and two more
  }

  root.className = "js";
  root.dataset.ready = "";
  old();
  menu();
  colours();
  filters();
  sorting();
  search();
  acronyms();
  tables();
  printed();
})();
