// What others see of this page: where the cursor is, whether somebody writes, reads or is away; and what it sees of them.

import { placeHere } from "./carets";
import { encode, HERE } from "./frames";
import type { Frame, Person } from "./frames";
import { sectionAt, sections } from "./outline";
import type { Section } from "./outline";
import { need } from "./page";
import { People } from "./people";
import type { Live } from "./start";

const WRITING_MS = 6_000;
const AWAY_MS = 180_000;
const PAUSE_MS = 250;
const LOOK_MS = 3_000;

/** Only the wish is kept, for as long as the tab lives: the next text that it opens does not show its writer either. */
const WISH = "studio-quiet";

function remembered(): string | null {
  try {
    return sessionStorage.getItem(WISH);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function remember(wish: string): void {
  try {
    if (wish) sessionStorage.setItem(WISH, wish);
    else sessionStorage.removeItem(WISH);
  } catch {
    // the same
  }
}

export class Presence {
  private readonly people: People;
  private readonly box: HTMLInputElement;
  private typed = 0;
  private moved = Date.now();
  private told = "";
  private timer = 0;
  private known: { text: string; all: Section[] } = { text: "", all: sections([]) };

  constructor(private readonly live: Live) {
    const part = need(document, "[data-people]");
    this.people = new People(part, live.page, live.words);
    this.box = need<HTMLInputElement>(part, "[data-quiet]");
    this.box.checked = remembered() === "1";
    this.box.addEventListener("change", () => {
      remember(this.box.checked ? "1" : "");
      this.tell();
    });
    document.addEventListener("visibilitychange", () => this.tell());
    window.setInterval(() => this.tell(), LOOK_MS);
  }

  /** Whether the writer wants to be seen by nobody. */
  get quiet(): boolean {
    return this.box.checked;
  }

  get others(): Person[] {
    return this.people.others;
  }

  /** The sections of the text as it is now. */
  get sections(): Section[] {
    const text = this.live.view?.state.doc.toString() ?? "";
    if (this.known.text !== text) this.known = { text, all: sections(text.split("\n")) };
    return this.known.all;
  }

  welcome(frame: Frame): void {
    this.told = "";
    this.people.welcome(frame);
    this.draw();
  }

  changed(frame: Frame): void {
    this.people.changed(frame);
    this.draw();
  }

  alone(): void {
    this.told = "";
    this.people.alone();
    this.draw();
  }

  act(typed: boolean): void {
    this.moved = Date.now();
    if (typed) this.typed = this.moved;
    this.timer ||= window.setTimeout(() => this.tell(), PAUSE_MS);
  }

  /** Say what has changed; the house hears nothing twice. */
  tell(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const { view, line, sync } = this.live;
    if (!view || !line.open) return;
    const here = {
      state: this.doing(),
      section: sectionAt(this.sections, view.state.selection.main.head),
      at: this.quiet || this.doing() === "away" ? null : placeHere(view, sync.text),
      quiet: this.quiet,
    };
    const said = JSON.stringify(here);
    if (said === this.told) return;
    this.told = said;
    line.send(encode(HERE, here));
  }

  draw(): void {
    this.people.draw(this.sections);
    this.live.drawCarets();
  }

  private doing(): "writing" | "reading" | "away" {
    const now = Date.now();
    if (document.hidden || now - this.moved > AWAY_MS) return "away";
    return now - this.typed < WRITING_MS ? "writing" : "reading";
  }
}
