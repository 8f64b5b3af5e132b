// Puts the live editor together: the document, the line to the house, the editor, and what the page shows of them.

import type { EditorView } from "@codemirror/view";

import type { Undo } from "./binding";
import { showCarets } from "./carets";
import { Connection } from "./connection";
import { mount } from "./desk";
import type { Desk } from "./desk";
import { HINT, PEOPLE, WELCOME } from "./frames";
import type { Frame, Pen } from "./frames";
import { setWritable } from "./editor";
import { Keeper } from "./keeper";
import { read } from "./page";
import type { Page, Words } from "./page";
import { Presence } from "./presence";
import { State } from "./state";
import { Sync } from "./sync";
import type { Hello } from "./transport";

export class Live {
  readonly page: Page;
  readonly words: Words;
  readonly sync: Sync;
  readonly state: State;
  readonly presence: Presence;
  readonly line: Connection;
  /** The key of what is kept on this device, once what an earlier page left there of the text is in it. */
  readonly key: Promise<string>;
  private unlocked!: (key: string) => void;
  private readonly keeper: Keeper;
  private pens: Pen[];
  private desk: Desk | null = null;
  private mayWrite = true;
  private asked: boolean;

  constructor(
    readonly root: HTMLElement,
    readonly form: HTMLFormElement,
  ) {
    ({ page: this.page, words: this.words } = read(root));
    this.pens = [this.page.pen];
    this.key = new Promise((done) => (this.unlocked = done));
    this.asked = !this.page.could_check;
    this.line = new Connection(this.page.socket, {
      hello: () => this.hello(),
      heard: (frame) => this.heard(frame),
      lost: (code) => this.lost(code),
    });
    this.sync = new Sync(this.page.pen[0], {
      send: (frame) => this.line.send(frame),
      open: () => this.line.open && this.mayWrite,
      composing: () => this.view?.composing ?? false,
      changed: () => this.changed(),
      refused: (_code, sentence) => this.state.refused(sentence),
    });
    this.state = new State(root, form, this.words, () => this.sync.saved);
    this.presence = new Presence(this);
    this.keeper = new Keeper(this.page.socket, this.sync, () => this.pens);
  }

  get view(): EditorView | null {
    return this.desk?.view ?? null;
  }

  get undo(): Undo | null {
    return this.desk?.undo ?? null;
  }

  start(): void {
    this.line.start();
    window.addEventListener("beforeunload", (event) => {
      // Leave empties the page first, and goes without a question; the words are kept on this device.
      if (this.desk && !this.sync.saved && this.root.isConnected) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.sync.flush());
  }

  /** The person has read that who writes cannot check, and writes. */
  agreed(): void {
    this.asked = true;
    this.allow();
    this.view?.focus();
  }

  private hello(): Hello {
    return { v: 1, pens: this.pens, state: this.sync.state(), quiet: this.presence.quiet };
  }

  private heard(frame: Frame): void {
    if (frame.type === WELCOME) this.mayWrite = frame.header.write !== false;
    this.sync.heard(frame);
    if (frame.type === WELCOME) void this.welcomed(frame);
    else if (frame.type === PEOPLE) this.presence.changed(frame);
    else if (frame.type === HINT) this.form.dispatchEvent(new CustomEvent("hint", { detail: frame.header.what }));
  }

  private async welcomed(frame: Frame): Promise<void> {
    this.presence.welcome(frame);
    this.form.dispatchEvent(new CustomEvent("hint", { detail: "threads" })); // something may have been said meanwhile
    this.state.welcome(this.mayWrite ? "" : (frame.header.why ?? ""));
    if (!this.desk && !this.begin()) return;
    this.allow();
    this.presence.tell();
    const { key = "" } = frame.header;
    const older = await this.keeper.unlock(key);
    this.unlocked(key);
    if (!older.length) return;
    // Words that were written with other pens are accepted where their tokens were shown.
    this.pens = [...this.pens, ...older.filter(([number]) => !this.pens.some((pen) => pen[0] === number))];
    this.state.found();
    this.line.again();
  }

  /** Put the editor into the place of the textarea, once the house has what was typed there meanwhile. */
  private begin(): boolean {
    const area = this.form.elements.namedItem("body") as HTMLTextAreaElement;
    if (area.value !== area.defaultValue && !this.state.formSaved) {
      this.form.addEventListener("fields", () => this.line.open && this.line.again(), { once: true });
      return false;
    }
    this.desk = mount(this, area);
    return true;
  }

  private allow(): void {
    if (this.view) setWritable(this.view, this.mayWrite && this.asked);
  }

  private lost(code: number): void {
    this.presence.alone();
    this.state.lost(code);
    this.keeper.soon();
  }

  private changed(): void {
    this.state.draw();
    this.keeper.soon();
    this.desk?.changed();
  }

  drawCarets(): void {
    if (this.view) showCarets(this.view, this.presence.others, this.sync.text);
  }
}
