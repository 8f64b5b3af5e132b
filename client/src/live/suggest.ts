// Write or suggest: in the second way the tools work on a text of one's own, which is sent as a suggestion and then left.

import type { ChangeSet } from "@codemirror/state";

import type { Desk } from "./desk";
import { look } from "./editor";
import { Fork } from "./fork";
import { Refused, tell } from "./house";
import { need } from "./page";
import type { Live } from "./start";
import { ask } from "./toolbar";
import { Unsent } from "./unsent";
import type { Left } from "./unsent";

export interface Saying {
  calm(): Promise<boolean>;
  say(key: string): void;
  refresh(): unknown;
}

export class Suggesting {
  fork: Fork | null = null;
  private readonly place: HTMLElement;
  private readonly proposal: HTMLElement;
  private readonly note: HTMLTextAreaElement;
  private readonly again: HTMLElement;
  private readonly unsent: Unsent;
  private busy = false;
  private held: ChangeSet | null = null;

  constructor(
    private readonly live: Live,
    private readonly desk: Desk,
    private readonly saying: Saying,
  ) {
    const { root } = live;
    this.place = need(root, "[data-fork]");
    this.proposal = need(root, "[data-proposal]");
    this.note = need(this.proposal, "textarea");
    this.again = need(root, "[data-again]");
    this.unsent = new Unsent(live.page.socket, live.sync.doc, () => this.draft());
    this.note.addEventListener("input", () => this.unsent.soon());
    const modes = need(root, "[data-modes]");
    modes.hidden = false;
    modes.addEventListener("click", (event) => {
      const way = (event.target as Element).closest<HTMLElement>("[data-way-of]")?.dataset["wayOf"];
      if (way === "suggest") this.begin();
      else if (way === "write") void this.leave();
    });
    need(root, "[data-suggest]").addEventListener("click", (event) => {
      event.preventDefault();
      this.begin();
    });
    need(this.proposal, "[data-send]").addEventListener("click", () => void this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.fork?.changed && root.isConnected) event.preventDefault();
    });
    void live.key.then((key) => this.restore(key));
  }

  /** What is kept on this device while it is not sent: changes of the text that everybody has by now. */
  private draft(): { mine: ChangeSet; note: string } | null {
    const [fork, note] = [this.fork, this.note.value];
    if (!fork?.changed && !note) return null;
    return fork && { mine: this.held ? fork.mine.map(this.held) : fork.mine, note };
  }

  /** Give back what an earlier page could not send. */
  private async restore(key: string): Promise<void> {
    const left = await this.unsent.unlock(key);
    if (!left || this.draft()) return; // whoever is writing another one finds this one the next time
    if (!left.mine) return this.offer(left);
    if (left.mine.empty && !left.note) return this.unsent.forget(left.id); // others have done just that
    const focused = this.desk.view.hasFocus;
    this.begin(focused);
    this.release();
    this.fork?.view.dispatch({ changes: left.mine });
    this.note.value = left.note;
    this.again.textContent = this.live.words.say("again");
    // It is kept under this page's name before it is taken from the old one's.
    if (await this.unsent.now()) await this.unsent.forget(left.id);
  }

  /** Show all words of a suggestion that no longer fits, until the writer has what they want of them. */
  private offer(left: Left): void {
    const part = need(this.live.root, "[data-unplaced]");
    need<HTMLTextAreaElement>(part, "textarea").value = [left.note, left.words].filter(Boolean).join("\n\n");
    part.hidden = false;
    need(part, "button").addEventListener("click", () => {
      part.remove();
      void this.unsent.forget(left.id);
    });
  }

  /** The text that everybody has was changed. Words that are being composed are left alone until they stand. */
  heard(changes: ChangeSet): void {
    if (!this.fork) return;
    this.held = this.held?.compose(changes) ?? changes;
    if (!this.fork.view.composing) this.release();
  }

  private release(): void {
    const held = this.held;
    this.held = null;
    if (held) this.fork?.heard(held, this.desk.view.state.doc);
  }

  private begin(focused = true): void {
    if (this.fork) return focused ? this.fork.view.focus() : undefined;
    const { page, words } = this.live;
    const { view, actions } = this.desk;
    const fork = new Fork(
      view.state.doc,
      words,
      (history, own) => look(page, words, actions, history, own),
      () => (this.desk.changed(), this.unsent.soon()),
    );
    this.fork = fork;
    this.place.replaceChildren(fork.view.dom);
    fork.view.dom.addEventListener("compositionend", () => window.setTimeout(() => this.release()));
    this.show(true);
    this.desk.use(fork);
    const head = view.state.selection.main.head;
    fork.view.dispatch({ selection: { anchor: head }, scrollIntoView: focused });
    if (focused) fork.view.focus();
  }

  private async leave(): Promise<void> {
    if (!this.fork || this.busy) return;
    if (!this.fork.changed || (await ask("unsent"))) this.end();
    else this.fork.view.focus();
  }

  private end(): void {
    this.fork?.view.destroy();
    this.fork = this.held = null;
    this.desk.use(null);
    this.show(false);
    this.note.value = this.again.textContent = "";
    void this.unsent.now();
    this.desk.view.requestMeasure();
    this.desk.view.focus();
  }

  private show(suggesting: boolean): void {
    const { root } = this.live;
    root.classList.toggle("lv-suggesting", suggesting);
    need(root, "[data-suggesting]").hidden = this.place.hidden = this.proposal.hidden = !suggesting;
    need(root, "[data-problem]").textContent = "";
    for (const one of root.querySelectorAll<HTMLElement>("[data-way-of]")) {
      one.setAttribute("aria-pressed", String((one.dataset["wayOf"] === "suggest") === suggesting));
    }
  }

  private async send(): Promise<void> {
    if (!this.fork || this.busy) return;
    this.busy = true;
    const problem = need(this.proposal, "[data-problem]");
    problem.textContent = "";
    problem.textContent = await this.propose();
    this.busy = false;
    if (problem.textContent) return;
    this.end();
    this.saying.say("proposed");
    this.saying.refresh();
  }

  /** Send it; return a sentence where it could not be sent. */
  private async propose(): Promise<string> {
    const { words, page, sync } = this.live;
    if (!(await this.saying.calm()) || !this.fork) return words.say("offline");
    this.release();
    const body = this.fork.view.state.doc.toString();
    try {
      await tell(`${page.home}suggest`, { live: "1", base_seq: String(sync.seq), body, suggestion_note: this.note.value });
      return "";
    } catch (error) {
      return (error instanceof Refused && error.message) || words.say("offline");
    }
  }
}
