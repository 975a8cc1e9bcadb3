// Enhancements: filtering and sorting actions, search, the menu on phones, acronyms, and the choice of colours.
// Everything works without it: the page has the whole list of actions, and acronyms are explained at its end.
(() => {
  "use strict";
  const root = document.documentElement;

  function filters() {
    const form = document.querySelector("[data-filters]");
    const list = document.querySelector("[data-list]");
    if (!form || !list) return;
    const count = document.querySelector("[data-count]");
    const none = document.querySelector("[data-none]");
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

    function apply(remember) {
      const chosen = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
      if (chosen.sort !== sortedBy) {
        sortedBy = chosen.sort;
        list.append(...(order[sortedBy] ? [...items].sort(order[sortedBy]) : items));
      }
      let shown = 0;
      for (const item of items) {
        item.hidden = !fits(item, chosen);
        shown += !item.hidden;
      }
      none.hidden = shown > 0;
      for (const way of none.querySelectorAll("[data-way]")) {
        const [name, value] = way.dataset.way.split("=");
        way.hidden = chosen[name] !== value;
      }
      const by = form.elements.sort.selectedOptions[0].textContent.toLowerCase();
      count.textContent = shown === items.length
        ? `All ${shown} actions, sorted by: ${by}.`
        : `${shown} of ${items.length} actions, sorted by: ${by}.`;
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

  // The search and its index are loaded when the search field gets the focus. search.js decides what is found.
  function search() {
    const form = document.querySelector("[data-search]");
    const panel = document.querySelector("[data-results]");
    if (!form || !panel) return;
    const field = form.elements.query;
    const button = document.querySelector("[data-search-open]");
    const list = panel.querySelector("[data-results-list]");
    const count = panel.querySelector("[data-results-count]");
    const said = panel.querySelector("[data-results-said]");
    const more = panel.querySelector("[data-results-more]");
    const help = panel.querySelector("[data-results-ask]");
    const root = new URL(form.dataset.root, document.baseURI);
    const page = 8, pause = 1000; // milliseconds: screen readers say what was found once the reader stops typing
    let engine, found = [], kinds = [], timer;

    const load = () => {
      engine ||= import(new URL(form.dataset.search, document.baseURI).href).then(({ Search }) =>
        new Search((number) => fetch(new URL(`${form.dataset.index}${number}.json`, document.baseURI)).then((answer) => {
          if (!answer.ok) throw new Error(answer.statusText);
          return answer.json();
        })).start());
      engine.catch(() => { engine = undefined; });
      return engine;
    };

    const item = ({ address, title, description, kind }) => {
      const entry = document.createElement("li");
      const link = entry.appendChild(document.createElement("a"));
      link.href = new URL(address, root);
      link.textContent = title;
      if (kinds[kind]) {
        entry.append(" ", Object.assign(document.createElement("span"), { className: "b-results__kind", textContent: kinds[kind] }));
      }
      if (description) entry.appendChild(document.createElement("p")).textContent = description;
      return entry;
    };

    function show() {
      const start = list.children.length;
      list.append(...found.slice(start, start + page).map(item));
      more.hidden = list.children.length >= found.length;
      if (start) list.children[start].querySelector("a").focus();
    }

    const quoted = (words) => words.map((word) => `“${word}”`).join(" or ");

    function summary({ results, unknown, slipped, missing }, query) {
      const number = results.length, sentences = missing.map((subject) => `We found no promise about ${subject}.`);
      if (missing.length) {
        if (number) sentences.push(number === 1 ? "This page may help." : `These ${number} pages may help.`);
      } else if (number) sentences.push(`${number} ${number === 1 ? "page" : "pages"} found for “${query}”.`);
      else sentences.push(`Nothing found for “${query}”.`);
      const meant = slipped.map(([typed, word]) => `“${word}” in place of “${typed}”`);
      if (meant.length) sentences.push(`We looked for ${meant.join(", and ")}.`);
      if (unknown.length) sentences.push(`No page has ${quoted(unknown)}.`);
      if (!results.length && !missing.length) sentences.push("Try another word, or an id such as A-001.");
      return sentences.join(" ");
    }

    function say(text) {
      count.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = text; }, pause);
    }

    async function ask() {
      const query = field.value;
      if (!query.trim()) return close();
      panel.hidden = false;
      panel.ariaBusy = "true";
      try {
        const search = await load();
        if (query !== field.value) return;
        kinds = search.kinds;
        // A large index comes in several files. The first has what families look for most. What it lacks may be in others.
        const first = search.find(query);
        const isSure = first.results.length && !first.unknown.length && !first.missing.length;
        if (isSure) answer(first, query.trim());
        const isMore = await search.rest();
        if (query !== field.value) return;
        if (!isSure || (isMore && !list.contains(document.activeElement))) answer(search.find(query), query.trim());
        panel.ariaBusy = "false";
      } catch (error) {
        panel.ariaBusy = "false";
        say("The search cannot be loaded. Try again when you are online, or use the lists above.");
      }
    }

    function answer(result, query) {
      found = result.results;
      list.replaceChildren();
      help.hidden = found.length > 0 && !result.missing.length;
      show();
      say(summary(result, query));
    }

    function close() {
      panel.hidden = true;
      list.replaceChildren();
      clearTimeout(timer);
      said.textContent = "";
      found = [];
    }

    const open = (isOpen) => {
      form.classList.toggle("b-search--open", isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
    };
    button.addEventListener("click", () => {
      const isOpen = button.getAttribute("aria-expanded") !== "true";
      open(isOpen);
      if (isOpen) field.focus();
      else close();
    });
    field.addEventListener("focus", () => { load().catch(() => {}); if (field.value && panel.hidden) ask(); });
    field.addEventListener("input", ask);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.focus();
    });
    more.addEventListener("click", show);

    // The arrow keys go from the field through the results and back.
    function step(event, by) {
      const places = [field, ...panel.querySelectorAll("a, button:not([hidden])")].filter((place) => place.offsetParent);
      const place = places.indexOf(document.activeElement);
      if (panel.hidden || place < 0 || !places[place + by]) return;
      event.preventDefault();
      places[place + by].focus();
    }
    const header = document.querySelector(".b-header");
    header.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") step(event, 1);
      if (event.key === "ArrowUp") step(event, -1);
      if (event.key !== "Escape" || (panel.hidden && !form.classList.contains("b-search--open"))) return;
      field.value = "";
      close();
      open(false);
      (button.offsetParent ? button : field).focus();
    });
    // The results lie over the page, so they go when the reader goes on to it.
    document.addEventListener("focusin", ({ target }) => {
      if (!panel.hidden && !panel.contains(target) && !form.contains(target) && target !== button) close();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!panel.hidden && !panel.contains(target) && !form.contains(target) && target !== button) close();
    });
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

  root.className = "js";
  root.dataset.ready = "";
  menu();
  colours();
  filters();
  sorting();
  search();
  acronyms();
  tables();
})();
