// Beside the text: what is said about its passages and what is suggested, in the order of the text, with what one can do.

import type { HunkTold, ThreadTold } from "./house";
import { need } from "./page";
import type { Words } from "./page";

export type Item = { id: string; placed: boolean } & (
  | { kind: "thread"; told: ThreadTold }
  | { kind: "hunk"; told: HunkTold }
);
export type Act = "go" | "answer" | "resolve" | "reopen" | "accept" | "decline";
/** Do it, and return a sentence where it was not done. */
export type Doing = (act: Act, item: Item, words: string) => Promise<string>;

export class Cards {
  private readonly list: HTMLElement;
  private readonly cards = new Map<string, Card>();

  constructor(
    private readonly part: HTMLElement,
    private readonly words: Words,
    private readonly doing: Doing,
  ) {
    this.list = need(part, "[data-cards]");
  }

  draw(items: Item[]): void {
    const wanted = new Set(items.map((one) => one.id));
    const held = this.list.contains(document.activeElement);
    const focused = held ? [...this.list.children].findIndex((one) => one.contains(document.activeElement)) : -1;
    for (const [id, card] of this.cards) {
      if (wanted.has(id)) continue;
      card.element.remove();
      this.cards.delete(id);
    }
    items.forEach((item, index) => {
      let card = this.cards.get(item.id);
      if (!card) this.cards.set(item.id, (card = new Card(this.part, item, this.words, this.doing)));
      card.draw(item);
      // A card that stands in its place already is not moved: what is typed into it stays there.
      if (this.list.children[index] !== card.element) this.list.insertBefore(card.element, this.list.children[index] ?? null);
    });
    need(this.part, "[data-none]").hidden = items.length > 0;
    if (held && !this.list.contains(document.activeElement)) this.focusAt(focused);
  }

  /** Show which card belongs to the place of the cursor. */
  mark(id: string): void {
    for (const [one, card] of this.cards) card.element.classList.toggle("lv-at", one === id);
  }

  focus(id: string): boolean {
    const card = this.cards.get(id);
    card?.title.focus();
    return card !== undefined;
  }

  /** Where the card that had the focus has gone, the next one has it. */
  private focusAt(index: number): void {
    const all = this.list.querySelectorAll<HTMLElement>(":scope > li > [data-title]");
    (all[Math.min(index, all.length - 1)] ?? need(this.part, "[data-fold]")).focus();
  }
}

class Card {
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  private item: Item;
  private drawn = "";
  private busy = false;

  constructor(
    part: HTMLElement,
    item: Item,
    private readonly words: Words,
    private readonly doing: Doing,
  ) {
    this.item = item;
    const sheet = need<HTMLTemplateElement>(part, `template[data-card="${item.kind}"]`);
    this.element = need((sheet.content.cloneNode(true) as DocumentFragment), "li");
    this.title = need(this.element, "[data-title]");
    this.title.id = `lv-card-${item.id}`;
    for (const button of this.element.querySelectorAll<HTMLButtonElement>("button[data-act]")) {
      button.setAttribute("aria-describedby", this.title.id);
      button.addEventListener("click", () => void this.press(button));
    }
  }

  draw(item: Item): void {
    this.item = item;
    this.find('[data-act="go"]').hidden = !item.placed;
    const said = JSON.stringify(item);
    if (said === this.drawn) return;
    this.drawn = said;
    if (item.kind === "thread") this.thread(item.told);
    else this.hunk(item.told);
  }

  private thread(told: ThreadTold): void {
    const [first, ...answers] = told.comments;
    this.find("[data-who]").textContent = first?.author || this.words.say("somebody");
    this.find("[data-must]").hidden = !told.must;
    this.find("[data-nicer]").hidden = told.must;
    this.find("[data-whole]").hidden = told.state !== "whole";
    this.quote("[data-quote]", told.quote);
    this.find("[data-gone]").hidden = told.state !== "detached";
    this.find("[data-first]").textContent = first?.text ?? "";
    const list = this.find("[data-answers]");
    list.hidden = !answers.length;
    list.replaceChildren(
      ...answers.map((one) => {
        const row = document.createElement("li");
        const who = document.createElement("bdi");
        const what = document.createElement("p");
        who.textContent = one.author || this.words.say("somebody");
        Object.assign(what, { className: "words-said", dir: "auto", textContent: one.text });
        row.append(who, what);
        return row;
      }),
    );
    const settled = told.settled ?? false;
    this.find("[data-settled]").hidden = !settled;
    this.find('[data-act="resolve"]').hidden = settled;
    this.find('[data-act="reopen"]').hidden = !settled;
  }

  private hunk(told: HunkTold): void {
    this.find("[data-who]").textContent = told.author || this.words.say("somebody");
    this.find("[data-others]").hidden = told.own;
    this.find("[data-own]").hidden = !told.own;
    this.find("[data-note]").textContent = told.note;
    this.find("[data-note]").hidden = !told.note;
    const stale = told.state === "stale";
    this.find("[data-stale]").hidden = !stale;
    this.find("[data-now]").hidden = !stale;
    const change = this.find("[data-change]");
    const [before, after] = told.around;
    change.replaceChildren(quiet(before), ...told.pieces.map(([kind, words]) => this.piece(kind, words)), quiet(after));
    const [ahead, there, behind] = told.now;
    const mark = document.createElement("mark");
    mark.textContent = there;
    this.find("[data-there]").replaceChildren(quiet(ahead), ...(there ? [mark] : []), quiet(behind));
    this.find('[data-act="accept"]').hidden = told.own || stale;
    this.find('[data-act="decline"]').hidden = told.own;
    this.find("[data-back]").hidden = !told.own;
  }

  private piece(kind: "same" | "ins" | "del", words: string): Node {
    if (kind === "same") return document.createTextNode(words);
    const piece = document.createElement(kind);
    piece.append(aside(this.words.say(kind === "ins" ? "added" : "went")), words.trim() ? words : this.words.say("blank"));
    return piece;
  }

  private quote(selector: string, words: string): void {
    const quote = this.find(selector);
    quote.textContent = words;
    quote.hidden = !words;
  }

  private async press(button: HTMLButtonElement): Promise<void> {
    const does = button.dataset["act"] ?? "";
    const problem = this.find("[data-problem]");
    const form = this.element.querySelector<HTMLElement>("[data-form]");
    const area = form?.querySelector("textarea");
    problem.textContent = "";
    if (does === "write" && form && area) {
      form.hidden = !form.hidden;
      button.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) area.focus();
      return;
    }
    if (this.busy) return;
    this.busy = true;
    const said = await this.doing(does as Act, this.item, area?.value ?? "");
    this.busy = false;
    problem.textContent = said;
    if (button.hidden && this.element.isConnected) this.title.focus();
    if (does !== "answer" || said || !form || !area) return;
    area.value = "";
    form.hidden = true;
    this.find('[data-act="write"]').setAttribute("aria-expanded", "false");
    this.title.focus();
  }

  private find(selector: string): HTMLElement {
    return need(this.element, selector);
  }
}

function quiet(words: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "quiet-words";
  span.textContent = words;
  return span;
}

/** Words for whoever hears the page. */
export function aside(words: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.lang = document.documentElement.lang;
  span.textContent = `${words} `;
  return span;
}
