// The chooser of sections: on a small screen one section is shown at a time, with the one before and after a tap away.

import type { EditorView } from "@codemirror/view";

import { isAlone, showSection } from "./focus";
import { sectionAt } from "./outline";
import type { Section } from "./outline";
import { need } from "./page";
import type { Words } from "./page";

const SMALL = "(max-width: 48rem)";
const ALL = "all";

export class Chooser {
  private readonly select: HTMLSelectElement;
  private readonly before: HTMLButtonElement;
  private readonly after: HTMLButtonElement;
  private sections: Section[] = [];
  private readonly small = window.matchMedia(SMALL);

  constructor(
    private readonly part: HTMLElement,
    private readonly view: EditorView,
    private readonly words: Words,
  ) {
    this.select = need<HTMLSelectElement>(part, "select");
    this.before = need<HTMLButtonElement>(part, "[data-before]");
    this.after = need<HTMLButtonElement>(part, "[data-after]");
    this.select.addEventListener("change", () => this.go(this.select.value === ALL ? null : Number(this.select.value)));
    this.before.addEventListener("click", () => this.step(-1));
    this.after.addEventListener("click", () => this.step(1));
    this.small.addEventListener("change", () => this.fit());
  }

  /** Begin with one section on a small screen, and with all of the text on a large one. */
  fit(): void {
    this.part.hidden = !this.small.matches || this.sections.length < 2;
    if (this.part.hidden) {
      if (isAlone(this.view.state)) showSection(this.view, null);
    } else if (!isAlone(this.view.state)) this.go(this.here());
  }

  draw(sections: Section[]): void {
    const fresh = sections.length > 1 && this.sections.length < 2;
    this.sections = sections;
    const options = sections.map((one, index) => new Option(one.title || this.words.say("beginning"), String(index)));
    options.push(new Option(this.words.say("everything"), ALL));
    const shown = (list: HTMLOptionElement[]): string => list.map((one) => one.textContent).join("\n");
    if (shown([...this.select.options]) !== shown(options)) this.select.replaceChildren(...options);
    if (fresh) this.fit();
    this.mark();
  }

  private mark(): void {
    const alone = isAlone(this.view.state);
    this.select.value = alone ? String(this.here()) : ALL;
    this.before.disabled = !alone || this.here() === 0;
    this.after.disabled = !alone || this.here() === this.sections.length - 1;
  }

  private here(): number {
    return sectionAt(this.sections, this.view.state.selection.main.head);
  }

  private step(by: number): void {
    this.go(Math.max(0, Math.min(this.sections.length - 1, this.here() + by)));
  }

  private go(index: number | null): void {
    const section = index === null ? null : this.sections[index];
    showSection(this.view, section ? section.from : null);
    this.mark();
  }
}
