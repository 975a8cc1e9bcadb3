// The results of the search: the panel below the search field. board.js loads it when a reader first uses the search;
// search.js decides what is found.
import { Search } from "./search.js";

const PAGE = 8;
const PAUSE = 1000; // milliseconds: screen readers say what was found once the reader stops typing

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

// Show in `panel` what is found for the words in the search `form`. `button` opens and closes the form on a phone.
export function show(form, panel, button) {
  const field = form.elements.query;
  const list = panel.querySelector("[data-results-list]");
  const count = panel.querySelector("[data-results-count]");
  const said = panel.querySelector("[data-results-said]");
  const more = panel.querySelector("[data-results-more]");
  const help = panel.querySelector("[data-results-ask]");
  const root = new URL(form.dataset.root, document.baseURI);
  let search, found = [], kinds = [], timer;

  const load = () => {
    search ||= new Search((number) => fetch(new URL(`${form.dataset.index}${number}.json`, document.baseURI)).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    })).start();
    search.catch(() => { search = undefined; });
    return search;
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

  function showMore() {
    const start = list.children.length;
    list.append(...found.slice(start, start + PAGE).map(item));
    more.hidden = list.children.length >= found.length;
    if (start) list.children[start].querySelector("a").focus();
  }

  function say(text) {
    count.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = text; }, PAUSE);
  }

  async function ask() {
    const query = field.value;
    if (!query.trim()) return close();
    panel.hidden = false;
    panel.ariaBusy = "true";
    try {
      const index = await load();
      if (query !== field.value) return;
      kinds = index.kinds;
      // A large index comes in several files. The first has what families look for most. What it lacks may be in others.
      const first = index.find(query);
      const isSure = first.results.length && !first.unknown.length && !first.missing.length;
      if (isSure) answer(first, query.trim());
      const isMore = await index.rest();
      if (query !== field.value) return;
      if (!isSure || (isMore && !list.contains(document.activeElement))) answer(index.find(query), query.trim());
      panel.ariaBusy = "false";
    } catch (error) {
      panel.ariaBusy = "false";
      say("The search cannot be loaded. Try again when you are online, or use the menu.");
    }
  }

  function answer(result, query) {
    found = result.results;
    list.replaceChildren();
    help.hidden = found.length > 0 && !result.missing.length;
    showMore();
    say(summary(result, query));
  }

  function close() {
    panel.hidden = true;
    list.replaceChildren();
    clearTimeout(timer);
    said.textContent = "";
    found = [];
  }

  // The arrow keys go from the field through the results and back.
  function step(event, by) {
    const places = [field, ...panel.querySelectorAll("a, button:not([hidden])")].filter((place) => place.offsetParent);
    const place = places.indexOf(document.activeElement);
    if (panel.hidden || place < 0 || !places[place + by]) return;
    event.preventDefault();
    places[place + by].focus();
  }

  // The results lie over the page, so they go when the reader goes on to it.
  function leave({ target }) {
    if (!panel.hidden && !panel.contains(target) && !form.contains(target) && target !== button) close();
  }

  field.addEventListener("focus", () => { load().catch(() => {}); if (field.value && panel.hidden) ask(); });
  field.addEventListener("input", ask);
  form.addEventListener("submit", () => list.querySelector("a")?.focus());
  more.addEventListener("click", showMore);
  button.addEventListener("click", () => { if (button.getAttribute("aria-expanded") === "false") close(); });
  document.querySelector(".b-header").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(event, 1);
    if (event.key === "ArrowUp") step(event, -1);
    if (event.key === "Escape") close();
  });
  document.addEventListener("focusin", leave);
  document.addEventListener("pointerdown", leave);

  // What was typed while this file was on its way is asked for now.
  load().catch(() => {});
  ask();
}
