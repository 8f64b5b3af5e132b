// Write or suggest: in the second way the tools work on a text of one's own, which is sent as a suggestion and then left.

import type { ChangeSet } from "@codemirror/state";

import type { Desk } from "./desk";
import { look } from "./editor";
import { Fork } from "./fork";
import { Refused, tell } from "./house";
import { need } from "./page";
import type { Live } from "./start";
import { ask } from "./toolbar";

export interface Saying {
  calm(): Promise<boolean>;
  say(key: string): void;
  refresh(): unknown;
}

export class Suggesting {
  fork: Fork | null = null;
  private readonly place: HTMLElement;
  private readonly proposal: HTMLElement;
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

  private begin(): void {
    if (this.fork) return this.fork.view.focus();
    const { page, words } = this.live;
    const { view, actions } = this.desk;
    const fork = new Fork(
      view.state.doc,
      words,
      (history, own) => look(page, words, actions, history, own),
      () => this.desk.changed(),
    );
    this.fork = fork;
    this.place.replaceChildren(fork.view.dom);
    fork.view.dom.addEventListener("compositionend", () => window.setTimeout(() => this.release()));
    this.show(true);
    this.desk.use(fork);
    const head = view.state.selection.main.head;
    fork.view.dispatch({ selection: { anchor: head }, scrollIntoView: true });
    fork.view.focus();
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
    need<HTMLTextAreaElement>(this.proposal, "textarea").value = "";
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
    const note = need<HTMLTextAreaElement>(this.proposal, "textarea").value;
    const body = this.fork.view.state.doc.toString();
    try {
      await tell(`${page.home}suggest`, { live: "1", base_seq: String(sync.seq), body, suggestion_note: note });
      return "";
    } catch (error) {
      return (error instanceof Refused && error.message) || words.say("offline");
    }
  }
}
