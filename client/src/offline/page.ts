// The search page of a library in a folder: its form, and what is found. The words go nowhere, not even into the address.

import type { House, Shown } from "./data";
import { from, load } from "./data";
import type { Segment } from "./highlight";
import { excerpt, segments, spans } from "./highlight";
import { helping, place } from "./places";
import type { Answer, Place } from "./query";
import { search } from "./query";
import { bestSections } from "./ranking";

const SHOWN = 10;
const ELSEWHERE = 5;
const SECTIONS = 3;

class SearchPage {
  private round = 0;
  private found: Answer[] = [];

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
    this.part("meant").querySelector("button")?.addEventListener("click", (event) => {
      this.words.value = (event.currentTarget as HTMLElement).textContent ?? "";
      void this.look();
    });
    this.part("more").querySelector("button")?.addEventListener("click", () => void this.more());
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
    this.clear();
    const house = await load<House>("house");
    if (!house) return this.say("broken");
    if (words.length > house.general.asking.longest) return this.say("long");
    void helping(words, house).then((groups) => round === this.round && this.help(groups));
    const only = this.chosen("language");
    const own = only || this.own;
    const here = await this.ask(words, [own], house);
    if (round !== this.round) return;
    this.found = [...here.answers];
    await this.more();
    this.say(here.answers.length ? "found" : "nothing", here.answers.length);
    const others = only && here.answers.length ? [] : Object.keys(house.languages).filter((code) => code !== own);
    const elsewhere = await this.ask(words, others, house);
    const rows = await Promise.all(elsewhere.answers.slice(0, ELSEWHERE).map((answer) => this.row(answer)));
    if (round !== this.round) return;
    this.part("elsewhere").hidden = !rows.length;
    this.part("elsewhere").querySelector("ol")!.replaceChildren(...rows.filter((row): row is HTMLElement => row !== null));
    this.part("needs").hidden = here.answers.length + rows.length > 0;
    const meant = here.meant || elsewhere.meant;
    this.part("meant").hidden = !meant;
    this.part("meant").querySelector("bdi")!.textContent = meant;
  }

  private async ask(words: string, codes: string[], house: House): Promise<{ answers: Answer[]; meant: string }> {
    const open = await Promise.all(codes.map((code) => place(code, house)));
    return search(
      open.filter((one): one is Place => one !== null),
      words,
      this.chosen("topic"),
    );
  }

  /** Show the next findings. */
  private async more(): Promise<void> {
    const next = this.found.splice(0, SHOWN);
    const rows = await Promise.all(next.map((answer) => this.row(answer)));
    this.part("hits").append(...rows.filter((row): row is HTMLElement => row !== null));
    this.part("more").hidden = !this.found.length;
  }

  private clear(): void {
    this.say("looking");
    this.part("hits").replaceChildren();
    this.part("more").hidden = true;
    this.part("elsewhere").hidden = true;
    this.part("meant").hidden = true;
    this.help([]);
  }

  private help(groups: number[]): void {
    for (const group of this.part("first").querySelectorAll<HTMLElement>("[data-group]")) {
      group.hidden = !groups.includes(Number(group.dataset["group"]));
    }
  }

  private say(name: string, number = 0): void {
    const said = this.part("said");
    said.textContent = (said.dataset[name] ?? "").replace("{n}", number.toLocaleString(said.lang || this.own));
    this.part("help").hidden = name !== "nothing";
    if (name === "broken") this.part("needs").hidden = false;
  }

  private async row({ guide, phrases }: Answer): Promise<HTMLElement | null> {
    const { store, text } = guide;
    const { analyzer, code } = store;
    const shown = await load<Shown>(`${code}/text/${text.path.split("/")[2] ?? ""}`);
    if (!shown) return null;
    const [title, sections] = shown;
    const marked = (words: string): Segment[] => segments(words, spans(words, analyzer, phrases));
    const best = bestSections(guide, SECTIONS).map((section) => sections[store.numbers[section]!]!);
    const [id, name, body] = best[0] ?? ["", "", ""];
    const row = document.createElement("li");
    row.append(this.link(text.path, id, marked(title)));
    if (name) row.append(paragraph(marked(name), "section"));
    if (body) row.append(paragraph(excerpt(body, spans(body, analyzer, phrases)), ""));
    const also = best.slice(1).filter(([, other]) => other);
    if (also.length) {
      const line = (this.part("also") as HTMLTemplateElement).content.firstElementChild!.cloneNode(true) as HTMLElement;
      for (const [part, other] of also) line.append(" ", this.link(text.path, part, marked(other)));
      row.append(line);
    }
    if (code !== this.own) {
      row.lang = code;
      row.dir = document.querySelector<HTMLElement>(`option[value="${code}"]`)?.dir || "ltr";
    }
    return row;
  }

  private link(path: string, part: string, words: Segment[]): HTMLElement {
    const link = document.createElement("a");
    link.href = `${this.root}${path.slice(1)}index.html${part ? `#${part}` : ""}`;
    return fill(link, words);
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
  new SearchPage(form, form.dataset["root"] ?? "", document.documentElement.lang);
}
