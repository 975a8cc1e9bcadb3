// What the search understands: whole questions, slips of the fingers, plurals, other words for the same, acronyms.
// MiniSearch finds and ranks the pages that have a word; this module decides which words to look for, and what a page
// with some of them is worth. results.js shows them.
import MiniSearch from "./minisearch.js";

const FIELDS = { title: 6, words: 5, description: 2, text: 1 };

const FEWEST_LETTERS = 4; // of a word that may be a slip

// A word on fewer than one page in seven is a subject of its own. Where a subject has no page, pages with only the
// commoner words of the question, such as "school", would be no answer.
const RARE = Math.log(7);

// Below 1 a page with something of every word comes before one that has much of one word.
const BALANCE = 0.8;

// What a page with another word for the same counts beside one with the very word.
const OTHER_WORDS = 0.6;

// Of the best page's score; pages with less are left out where a question has several parts.
const LEAST = 0.1;

// What a figure counts beside a word as rare: in "waited 14 months" the waiting is meant.
const FIGURES = 0.4;

// The words of a text in small letters, without accents and possessives, with ids such as a046 as one word. The function
// words_of in macros/site/search_index.py gives the same.
export const wordsOf = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  .replace(/['’]s\b|['’]/g, "").replace(/\b([a-z])-(\d{3})\b/g, "$1$2").match(/[a-z0-9]+/g) || [];

// The stem of a word: plurals and the endings -ed, -ing and -e.
export function stem(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word.replace(/ies$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^su])s$/, "$1");
  const short = root.replace(/(ing|ed)$/, "");
  if (short !== root && short.length > 2 && /[aeiouy]/.test(short) && !/ee$/.test(short) && !/eed$/.test(root)) {
    root = short.replace(/([bdgmnprt])\1$/, "$1");
  }
  return root.length > 4 ? root.replace(/e$/, "") : root;
}

// Whether two words differ by one letter that is left out, added, another or in the other's place (two for long words).
// Short words may not have another letter: "pool" is no slip for "poor".
function slips(typed, word, most) {
  if (Math.abs(typed.length - word.length) > most) return most + 1;
  let before = [], row = Array.from({ length: word.length + 1 }, (_, i) => i);
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const other = typed[i - 1] === word[j - 1] ? 0 : typed.length > FEWEST_LETTERS ? 1 : 2;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + other);
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    [before, row] = [row, next];
  }
  return row[word.length];
}

// Whether a question is a page's title, or a half of it such as an acronym before its explanation.
const isNamed = (title, words) => [title, ...title.split(": ")].some((name) => stems(wordsOf(name)) === stems(words));
const stems = (words) => words.map(stem).join(" ");

// Pages of these kinds explain a subject, and one page says who helps. Other pages without a kind, such as the privacy
// statement, have it by chance.
const EXPLAINING = new Set(["Topic", "Glossary"]);
const explains = (kind, address) => EXPLAINING.has(kind) || address === "help/";
const isRecord = (kind) => kind !== "" && !explains(kind);

export class Search {
  // `fetchFile` gets the number of a file of the index and returns a promise of its content.
  constructor(fetchFile) {
    this.fetchFile = fetchFile;
    this.pages = [];
    this.number = new Map(); // on how many pages a word is
    this.said = new Set(); // words that pages say, and not only list as other words
    this.index = new MiniSearch({
      fields: Object.keys(FIELDS), tokenize: wordsOf, processTerm: stem,
      searchOptions: {
        boost: FIELDS, bm25: { k: 1.2, b: 0.5, d: 0.5 }, combineWith: "AND", tokenize: (terms) => terms.split(" "),
      },
    });
  }

  async start() {
    const first = await this.fetchFile(0);
    this.kinds = first.kinds;
    this.ignored = new Set(wordsOf(first.ignored));
    this.files = first.files;
    this.add(first);
    // Groups of words that mean the same, by each of their members: a member is one word or several.
    this.groups = new Map();
    const acronyms = this.pages.filter((page) => page.address.startsWith("glossary/#"))
      .map((page) => [...page.title.split(": "), ...page.words.split(", ").filter((word) => /^[A-Z]{2,}$/.test(word))]);
    const alike = [...first.alike, ...acronyms].map((group) => ({ members: group.map(wordsOf), subject: "" }));
    const subjects = first.subjects.map((group) => ({ members: group.map(wordsOf), subject: group[0] }));
    for (const group of [...alike, ...subjects]) {
      for (const key of new Set(group.members.map(stems))) {
        this.groups.set(key, [...(this.groups.get(key) || []), group]);
      }
    }
    this.familiar = [...new Set([...alike, ...subjects].flatMap(({ members }) => members.flat()))];
    this.longest = Math.max(...[...this.groups.keys()].map((key) => key.split(" ").length));
    return this;
  }

  // Loads the rest of a large index, once. Resolves to whether there was any.
  async rest() {
    this.others ||= (async () => {
      for (let number = 1; number < this.files; number++) this.add(await this.fetchFile(number));
    })().catch((error) => {
      this.others = undefined;
      throw error;
    });
    const pages = this.pages.length;
    await this.others;
    return this.pages.length > pages;
  }

  add(file) {
    const first = this.pages.length, texts = file.pages.map(() => []);
    for (const [word, places] of Object.entries(file.words)) {
      let place = 0;
      for (const distance of places) texts[place += distance].push(word);
    }
    file.pages.forEach(([address, title, description, words, kind, weight], i) => {
      this.pages.push({ id: first + i, address, title, description, words, kind, weight, text: texts[i].join(" ") });
    });
    const added = this.pages.slice(first);
    this.known = new Map(); // what was found already: a reader types the same words again with each letter
    this.index.addAll(added);
    for (const page of added) {
      const names = [page.title, page.description, page.words].map(wordsOf), text = wordsOf(page.text);
      for (const word of new Set([...names.flat(), ...text])) this.number.set(word, (this.number.get(word) || 0) + 1);
      for (const word of [...names[0], ...names[1], ...text]) this.said.add(word).add(stem(word));
      page.names = ` ${names.map(stems).join(" | ")} `;
      delete page.text;
    }
    this.stems = new Set([...this.number.keys()].map(stem));
  }

  has(word) {
    return this.stems.has(stem(word));
  }

  // The parts of a question: words and groups of words to look for, and those that no page has.
  parse(question) {
    // A question may have an id with fewer figures: A-1 and a46 are. P3 is an id as it is.
    let words = wordsOf(question.replace(/\b([a-z])-?(\d{1,3})\b/gi, (typed, letter, number) => (
      this.has(letter.toLowerCase() + number) ? letter + number : `${letter}-${number.padStart(3, "0")}`)));
    const isName = words.every((word) => this.ignored.has(word));
    const parts = [], unknown = [], slipped = [], missing = [];
    for (let i = 0; i < words.length;) {
      const group = this.groupAt(words, i);
      if (group && (isName || group[0] > 1 || !this.ignored.has(words[i]))) {
        const [length, entries] = group;
        const typed = words.slice(i, i + length).join(" ");
        const subject = entries.find((entry) => entry.subject);
        const known = (only) => entries.flatMap((entry) => entry.members)
          .map((member) => ({ terms: member, weight: member.join(" ") === typed ? 1 : OTHER_WORDS, only }))
          .filter((one) => this.matches(one).length);
        const isMissing = subject && !known(isRecord).length;
        if (isMissing) missing.push(subject.subject);
        const there = known(isMissing ? explains : null);
        if (there.length) parts.push(there);
        else if (!subject) unknown.push(typed);
        i += length;
        continue;
      }
      const word = words[i++];
      if (this.ignored.has(word) && !isName) continue;
      if (this.has(word)) {
        // Where pages have the word only for readers who slip, what they mean is looked for too.
        const meant = this.said.has(word) || this.said.has(stem(word)) ? null : this.nearest(word);
        parts.push([word, meant].filter(Boolean).map((one) => ({ terms: [one], weight: 1 })));
        continue;
      }
      // The last word may be half typed.
      if (i === words.length && word.length > 2 && [...this.number.keys()].some((one) => one.startsWith(word))) {
        parts.push([{ terms: [word], weight: 1, prefix: true }]);
        continue;
      }
      const nearest = this.nearest(word);
      if (nearest && nearest !== word) {
        slipped.push([word, nearest]);
        words = [...words.slice(0, i - 1), nearest, ...words.slice(i)];
        i -= 1;
      } else unknown.push(word);
    }
    return { parts: Object.assign(parts, { words }), unknown, slipped, missing };
  }

  // The pages that have some words: several words must be next to each other, in the title or in what describes the page.
  matches({ terms, prefix, only }) {
    const phrase = ` ${stems(terms)} `, key = `${phrase}${prefix ? "…" : ""}`;
    if (!this.known.has(key)) {
      this.known.set(key, this.index.search(terms.join(" "), terms.length === 1 ? { prefix: Boolean(prefix) } : {
        fields: ["title", "words", "description"], filter: ({ id }) => this.pages[id].names.includes(phrase),
      }));
    }
    const found = this.known.get(key);
    return only ? found.filter(({ id }) => only(this.kinds[this.pages[id].kind], this.pages[id].address)) : found;
  }

  // How many words of a question are the page's name: the longest of its other words that
  // is in the question, or the whole question where that is in its title.
  named(page, words) {
    const phrases = page.words.split(", ").map(wordsOf).filter((phrase) => phrase.every((word) => words.has(stem(word))));
    const title = new Set(wordsOf(page.title).map(stem));
    const inTitle = [...words].every((word) => title.has(word)) ? words.size : 0;
    return Math.max(inTitle, ...phrases.map((phrase) => phrase.length));
  }

  // How much more a page counts because the question is its title, or an acronym that its title explains.
  exact(page, parts) {
    if (isNamed(page.title, parts.words)) return 3;
    return parts.length === 1 && parts[0].some(({ terms }) => isNamed(page.title, terms)) ? 2 : 1;
  }

  groupAt(words, at) {
    for (let length = Math.min(this.longest, words.length - at); length; length--) {
      const entries = this.groups.get(words.slice(at, at + length).map(stem).join(" "));
      if (entries) return [length, entries];
    }
    return null;
  }

  // The word that a slip means: the nearest of the site's words, and of two as near the one on more pages.
  nearest(typed) {
    if (typed.length < FEWEST_LETTERS || /\d/.test(typed)) return null;
    let best = null, fewest = typed.length < 8 ? 1 : 2;
    const said = [...this.number].filter(([word]) => this.said.has(word));
    for (const [word, number] of [...said, ...this.familiar.map((word) => [word, 0])]) {
      if (word.length < FEWEST_LETTERS || (word[0] !== typed[0] && word[0] !== typed[1])) continue;
      const count = slips(typed, word, fewest);
      if (count < fewest || (count === fewest && (!best || number > best.number))) [best, fewest] = [{ word, number }, count];
    }
    return best && best.word;
  }

  // How well each page fits one part of a question, by the page's number: the best of the part's alternatives counts.
  scored(alternatives) {
    const scores = new Map();
    for (const alternative of alternatives) {
      for (const result of this.matches(alternative)) {
        // MiniSearch gives the sum for all words, multiplied by their number.
        const score = alternative.weight * result.score / alternative.terms.length ** 2;
        scores.set(result.id, Math.max(scores.get(result.id) || 0, score));
      }
    }
    return scores;
  }

  // What a question finds: pages, the best first; words that were read as another; words that no page has; and subjects
  // for which no page has a word.
  find(question) {
    const { parts, unknown, slipped, missing } = this.parse(question);
    const found = new Map(), wanted = parts.map((alternatives) => this.scored(alternatives));
    // A rare word says more about what is meant than one that is on most pages.
    const rarities = wanted.map((scores, i) => Math.log(1.1 * this.pages.length / scores.size) *
      (parts[i].every(({ terms }) => terms.every((word) => /^\d+$/.test(word))) ? FIGURES : 1));
    const all = rarities.reduce((sum, rarity) => sum + rarity, 0);
    wanted.forEach((scores, i) => {
      const best = Math.max(...scores.values());
      for (const [id, score] of scores) {
        const page = found.get(id) || { score: 0, rarity: 0 };
        found.set(id, { score: page.score + rarities[i] * (score / best) ** BALANCE, rarity: page.rarity + rarities[i] });
      }
    });
    const words = new Set(parts.words.map(stem));
    if (missing.length && Math.max(0, ...rarities) < RARE) found.clear();
    const ranked = [...found].map(([id, { score, rarity }]) => {
      const share = rarity / all;
      const page = this.pages[id], exact = this.exact(page, parts);
      const named = 0.5 + 0.6 * Math.max(1, this.named(page, words));
      return { ...page, share, score: score * share ** 2 * page.weight * exact * named };
    }).sort((a, b) => b.score - a.score);
    // Pages with few of the words, or that hardly speak of them, are of no help where others have most of them.
    const most = Math.max(...ranked.map((page) => page.share));
    const results = parts.length < 2 ? ranked
      : ranked.filter((page) => page.share > most / 2 && page.score > ranked[0].score * LEAST);
    return { results, unknown, slipped, missing };
  }
}
