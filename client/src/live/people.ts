// Who is here: pen-name, drawing, where and what they do. Nothing of it is kept.

import type { Frame, Person, Picture } from "./frames";
import type { Section } from "./outline";
import { need } from "./page";
import type { Page, Words } from "./page";

export class People {
  private readonly here = new Map<string, Person>();
  private own = "";

  constructor(
    private readonly part: HTMLElement,
    private readonly page: Page,
    private readonly words: Words,
  ) {
    part.hidden = false;
  }

  get others(): Person[] {
    return [...this.here.values()].filter((one) => one.line !== this.own);
  }

  welcome(frame: Frame): void {
    this.own = frame.header.line ?? "";
    this.here.clear();
    for (const one of frame.header.people ?? []) this.here.set(one.line, one);
  }

  changed(frame: Frame): void {
    for (const one of frame.header.here ?? []) this.here.set(one.line, one);
    for (const line of frame.header.gone ?? []) this.here.delete(line);
  }

  /** Without a line nobody can be known to be here. */
  alone(): void {
    this.here.clear();
  }

  draw(all: Section[]): void {
    const list = need(this.part, "ul");
    const me = item(this.page.me.name, this.page.me.picture, -1, this.words.say("you"));
    const rows = this.others.map((one) => item(one.name, one.picture, one.tint & 7, this.doing(one, all)));
    const made = [me, ...rows];
    if (list.innerHTML !== made.map((one) => one.outerHTML).join("")) list.replaceChildren(...made);
  }

  private doing(person: Person, all: Section[]): string {
    const section = all[person.section]?.title ?? "";
    if (person.state === "away") return this.words.say("away");
    if (!section) return this.words.say(person.state);
    return this.words.say(`${person.state}_in`, { section });
  }
}

function item(name: string, picture: Picture | null, tint: number, doing: string): HTMLLIElement {
  const row = document.createElement("li");
  if (picture) row.append(drawing(picture));
  const who = document.createElement("bdi");
  who.textContent = name;
  if (tint >= 0) who.className = `lv-name lv-tint-${tint}`;
  const what = document.createElement("span");
  what.className = "quiet-words";
  what.textContent = doing;
  row.append(who, " ", what);
  return row;
}

/** The same drawing as everywhere beside a pen-name: squares on a ground of five by five. */
function drawing(picture: Picture): SVGSVGElement {
  const svg = part("svg", { class: `pattern ${picture.colour}`, viewBox: "0 0 5 5", "aria-hidden": "true" });
  svg.append(part("rect", { class: "ground", width: "5", height: "5" }));
  for (const [x, y] of picture.cells) {
    svg.append(part("rect", { class: "cell", x: String(x), y: String(y), width: "1", height: "1" }));
  }
  return svg;
}

function part<Name extends "svg" | "rect">(name: Name, values: Record<string, string>): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  return made;
}
