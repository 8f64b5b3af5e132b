// One sentence on what is saved: "Saved" only where the house has written everything to its disk.

import { NONE, NOT_YOURS, PUT_AWAY, SIGN_IN } from "./connection";
import { need } from "./page";
import type { Words } from "./page";

type Line = "open" | "lost" | "sign_in" | "over";

export class State {
  private readonly sign: HTMLElement;
  private readonly note: HTMLElement;
  private readonly aloud: HTMLElement;
  private readonly signIn: HTMLElement;
  private line: Line = "lost";
  private sentence = "";
  private again = "";
  private wasRefused = false;
  private fields = "";

  constructor(
    root: HTMLElement,
    form: HTMLFormElement,
    private readonly words: Words,
    private readonly saved: () => boolean,
  ) {
    this.sign = need(root, "[data-live-state]");
    this.note = need(root, "[data-note]");
    this.aloud = need(root, "[data-aloud]");
    this.signIn = need(root, "[data-sign-in]");
    form.addEventListener("fields", (event) => {
      this.fields = (event as CustomEvent<string>).detail;
      this.draw();
    });
  }

  welcome(why: string): void {
    this.line = "open";
    this.sentence = why;
    this.wasRefused = false;
    this.draw();
  }

  lost(code: number): void {
    this.line = code === SIGN_IN ? "sign_in" : [NOT_YOURS, NONE, PUT_AWAY].includes(code) ? "over" : "lost";
    if (this.line === "over") {
      this.sentence = this.words.say(`closed_${code}`);
      this.wasRefused = false;
    }
    this.draw();
  }

  refused(sentence: string): void {
    this.sentence = sentence;
    this.wasRefused = true;
    this.draw();
  }

  /** Words of an earlier visit were found on this device. */
  found(): void {
    this.again = this.words.say("found");
    this.draw();
  }

  /** Whether the form has said that what was typed into it is in the house. */
  get formSaved(): boolean {
    return this.fields === "saved";
  }

  private say(words: string): void {
    if (this.aloud.textContent !== words) this.aloud.textContent = words;
  }

  draw(): void {
    // A refusal is over when the house has taken what it refused.
    if (this.wasRefused && this.saved()) {
      this.sentence = "";
      this.wasRefused = false;
    }
    const all = this.saved() && ["", "saved"].includes(this.fields);
    const state = this.line === "open" ? (all ? "saved" : "saving") : this.line === "lost" ? "offline" : this.line;
    const words = this.words.say(state === "over" ? (all ? "saved" : "kept") : state);
    if (this.sign.textContent !== words) this.sign.textContent = words;
    this.sign.dataset["is"] = state;
    // Whoever listens hears of trouble and of its end, not of each pause in typing.
    if (state !== "saving" && (state !== "saved" || this.aloud.textContent)) this.say(words);
    const note = this.sentence || this.again;
    if (this.note.textContent !== note) this.note.textContent = note;
    this.note.hidden = !note;
    this.signIn.hidden = this.line !== "sign_in";
  }
}
