// The search page of a library in a folder: its form, and what is found. The words go nowhere, not even into the address.

import { Analyzer } from "./analyzer";
import type { House, LanguageData, Shown } from "./data";
import { from, load } from "./data";
import type { Segment } from "./highlight";
import { excerpt, segments, spans } from "./highlight";
import type { Answer, Place } from "./query";
import { search } from "./query";
import { bestSections } from "./ranking";
import { Base } from "./snowball";
import { Store } from "./store";

const SHOWN = 20;

interface Stemmer {
  stem: (word: string) => string;
}

const places = new Map<string, Promise<Place | null>>();

/** Return what is needed to look through one language. */
function place(code: string, house: House): Promise<Place | null> {
  let known = places.get(code);
  if (!known) places.set(code, (known = opened(code, house)));
  return known;
}

/** Read what one language needs. */
export async function opened(code: string, house: House): Promise<Place | null> {
  const size = house.languages[code];
  const data = size ? await load<LanguageData>(`${code}/language`) : null;
  if (!size || !data) return null;
  const make = size.stemmer ? await load<(base: typeof Base) => Stemmer>(`${code}/stemmer`) : null;
  const stemmer = make ? make(Base) : null;
  const analyzer = new Analyzer(code, house.general, data, stemmer ? (word) => stemmer.stem(word) : null);
  return { store: await Store.open(code, house, analyzer), synonyms: data.synonyms };
}

class SearchPage {
  private round = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly root: string,
    private readonly own: string,
  ) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.look();
    });
    const link = this.part("meant").querySelector("button");
    link?.addEventListener("click", () => {
      this.words.value = link.textContent ?? "";
      void this.look();
    });
  }

  private get words(): HTMLInputElement {
    return this.form.elements.namedItem("q") as HTMLInputElement;
  }

  private part(name: string): HTMLElement {
    return document.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }

  private chosen(name: string): string {
    const field = this.form.elements.namedItem(name);
    return field instanceof HTMLSelectElement ? field.value : "";
  }

  private async look(): Promise<void> {
    const round = (this.round += 1);
    const words = this.words.value.split(/\s+/u).filter(Boolean).join(" ");
    if (!words) return this.words.focus();
    this.say("looking", "");
    const house = await load<House>("house");
    if (!house) return this.say("broken", "");
    const only = this.chosen("language") || this.own;
    const wanted = only === "*" ? [this.own, ...Object.keys(house.languages).filter((code) => code !== this.own)] : [only];
    const open = (await Promise.all(wanted.map((code) => place(code, house)))).filter((one): one is Place => one !== null);
    const found = await search(open, words, this.chosen("topic"));
    const rows = await Promise.all(found.answers.slice(0, SHOWN).map((answer) => this.row(answer)));
    if (round !== this.round) return;
    this.part("hits").replaceChildren(...rows.filter((one): one is HTMLElement => one !== null));
    const meant = this.part("meant");
    meant.hidden = !found.meant;
    meant.querySelector("button bdi")!.textContent = found.meant;
    this.part("needs").hidden = found.answers.length > 0;
    this.say(found.answers.length ? "found" : "nothing", String(found.answers.length));
  }

  private say(name: string, number: string): void {
    const said = this.part("said");
    said.textContent = (said.dataset[name] ?? "").replace("{n}", number && Number(number).toLocaleString(said.lang || this.own));
    this.part("help").hidden = name !== "nothing";
    if (name === "looking") this.part("hits").replaceChildren();
  }

  private async row({ guide, phrases }: Answer): Promise<HTMLElement | null> {
    const { store, text } = guide;
    const { analyzer, code } = store;
    const slug = text.path.split("/")[2] ?? "";
    const shown = await load<Shown>(`${code}/text/${slug}`);
    if (!shown) return null;
    const [title, sections] = shown;
    const best = bestSections(guide, 1)[0];
    const [id, name, body] = sections[best === undefined ? 0 : store.numbers[best]!] ?? ["", "", ""];
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${this.root}${text.path.slice(1)}index.html${id ? `#${id}` : ""}`;
    fill(link, segments(title, spans(title, analyzer, phrases)));
    row.append(link);
    if (name) row.append(paragraph(segments(name, spans(name, analyzer, phrases)), "section"));
    if (body) row.append(paragraph(excerpt(body, spans(body, analyzer, phrases)), ""));
    if (code !== this.own) {
      row.lang = code;
      row.dir = document.querySelector<HTMLElement>(`option[value="${code}"]`)?.dir || "ltr";
    }
    return row;
  }
}

function paragraph(parts: Segment[], name: string): HTMLElement {
  const made = document.createElement("p");
  if (name) made.className = name;
  return fill(made, parts);
}

function fill(element: HTMLElement, parts: Segment[]): HTMLElement {
  for (const [words, found] of parts) {
    const mark = document.createElement("mark");
    mark.textContent = words;
    element.append(found ? mark : words);
  }
  return element;
}

export function start(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-search]");
  if (!form) return;
  from(form.dataset["search"] ?? "");
  const page = new SearchPage(form, form.dataset["root"] ?? "", document.documentElement.lang);
  document.querySelector("[data-part=page]")?.removeAttribute("hidden");
  void page;
}
