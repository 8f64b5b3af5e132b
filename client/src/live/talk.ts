// What is said beside the text: fetched when the house hints at it, marked in the text, shown as cards, answered here.

import { StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { ViewUpdate } from "@codemirror/view";

import { Cards } from "./cards";
import type { Act, Item } from "./cards";
import { comment } from "./comment";
import type { Desk } from "./desk";
import { isAlone, showSection } from "./focus";
import { Refused, tell, told } from "./house";
import type { ThreadTold, Told } from "./house";
import { marks, showing, spotAt, spotsOf } from "./marks";
import type { Spot } from "./marks";
import { need } from "./page";
import { nearest, Past } from "./places";
import type { Live } from "./start";
import { Suggesting } from "./suggest";

const CALM_MS = 3_000;
const AGAIN_MS = 2_500;
const BESIDE = "(min-width: 62rem)";

export class Talk {
  private readonly part = need(document, "[data-talk]");
  private readonly fold = need<HTMLButtonElement>(this.part, "[data-fold]");
  private readonly past = new Past();
  private readonly cards: Cards;
  private readonly home: string;
  private readonly suggesting: Suggesting;
  private told: Told | null = null;
  private readonly settledHere = new Map<string, ThreadTold>();
  private asking = false;
  private askAgain = false;
  private timer = 0;
  private placing = false;

  constructor(
    private readonly live: Live,
    private readonly desk: Desk,
  ) {
    const { page, words, root, form } = live;
    this.home = page.home;
    this.cards = new Cards(this.part, words, (act, item, typed) => this.act(act, item, typed));
    this.suggesting = new Suggesting(live, desk, this);
    const listener = EditorView.updateListener.of((update) => this.updated(update));
    desk.view.dispatch({ effects: StateEffect.appendConfig.of([marks(), listener]) });
    for (const kind of ["input", "change"]) this.part.addEventListener(kind, (event) => event.stopPropagation());
    this.part.addEventListener("keydown", (event) => event.key === "Escape" && this.shown.focus());
    this.fold.addEventListener("click", () => this.unfold(this.fold.getAttribute("aria-expanded") !== "true"));
    need(root, "[data-to-card]").addEventListener("click", () => this.toCard());
    form.addEventListener("hint", (event) => (event as CustomEvent).detail === "threads" && void this.refresh());
    this.unfold(window.matchMedia(BESIDE).matches);
    this.settle();
    void this.refresh();
  }

  /** Note that the text here is the house's at a number, if it is. */
  settle(): void {
    const { sync } = this.live;
    if (!sync.settled) return;
    this.past.settled(sync.seq, this.desk.view.state.doc);
    if (this.placing) window.setTimeout(() => this.placing && this.place());
  }

  comment(): void {
    if (this.suggesting.fork) return;
    const { page, words } = this.live;
    const done = (): void => void (this.say("said"), this.refresh());
    comment({ view: this.desk.view, page, words, calm: () => this.calm(), done });
  }

  /** Go from the passage with the cursor to what is said about it. */
  toCard(): boolean {
    const { state } = this.desk.view;
    const spot = spotAt(state, state.selection.main.head);
    if (!spot) return false;
    this.unfold(true);
    return this.cards.focus(spot.id);
  }

  /** Say to whoever listens what they have done. */
  say(key: string): void {
    need(this.part, "[data-done]").textContent = this.live.words.say(key);
  }

  /** Wait until the text here is the house's. */
  async calm(): Promise<boolean> {
    const { sync } = this.live;
    sync.flush();
    for (const until = Date.now() + CALM_MS; !sync.settled && Date.now() < until; ) {
      await new Promise((done) => window.setTimeout(done, 50));
    }
    return sync.settled;
  }

  async refresh(): Promise<void> {
    if (this.asking) return void (this.askAgain = true);
    this.asking = true;
    window.clearTimeout(this.timer);
    do {
      this.askAgain = false;
      await this.calm();
      this.settle();
      // Without a line nothing is told; the house is asked again once there is one.
      const answer = await told(this.home).catch(() => null);
      if (!answer) continue;
      this.told = answer;
      this.place();
    } while (this.askAgain);
    this.asking = false;
  }

  private updated(update: ViewUpdate): void {
    if (update.docChanged) {
      this.past.changed(update.changes.desc);
      this.suggesting.heard(update.changes);
    }
    this.settle();
    if (update.docChanged || update.selectionSet) this.here();
  }

  /** Mark what was told where it stands now, and show it beside the text. */
  private place(): void {
    const { view } = this.desk;
    if (!this.told) return;
    const { seq, threads, hunks } = this.told;
    const moved = this.past.since(seq);
    const before = spotsOf(view.state);
    const text = view.state.doc.toString();
    const spots = before.filter((one) => one.kind === "new");
    const put = (id: string, kind: Spot["kind"], quote: string, start: number | null, end: number | null): void => {
      if (start === null || end === null) return;
      const known = before.find((one) => one.id === id);
      const place = moved?.(start, end) ?? (known ? ([known.from, known.to] as const) : nearest(text, quote, start));
      if (place) spots.push({ id, kind, from: place[0], to: place[1] });
    };
    for (const one of threads) {
      if (one.state === "attached") put(one.id, one.must ? "must" : "comment", one.quote, one.start, one.end);
    }
    for (const one of hunks) put(one.id, "hunk", one.old, one.start, one.end);
    view.dispatch(showing(spots));
    for (const one of threads) this.settledHere.delete(one.id);
    this.draw();
    this.here();
    // A number that is not known here comes in a moment, or the house is asked again.
    this.placing = moved === null;
    window.clearTimeout(this.timer);
    if (this.placing) this.timer = window.setTimeout(() => void this.refresh(), AGAIN_MS);
  }

  private draw(): void {
    const at = new Map(spotsOf(this.desk.view.state).map((one) => [one.id, one.from]));
    const { threads, hunks } = this.told ?? { threads: [], hunks: [] };
    const open: Item[] = [
      ...[...threads, ...this.settledHere.values()].map((one) => ({ id: one.id, placed: at.has(one.id), kind: "thread" as const, told: one })),
      ...hunks.map((one) => ({ id: one.id, placed: at.has(one.id), kind: "hunk" as const, told: one })),
    ];
    const order = (one: Item): number => at.get(one.id) ?? (one.told.state === "whole" ? -1 : Infinity);
    open.sort((one, other) => (order(one) === order(other) ? 0 : order(one) - order(other)));
    this.cards.draw(open);
    this.part.hidden = false;
    this.fold.textContent = this.live.words.say("talk", { n: threads.length + hunks.length });
  }

  /** Show whether something is said about the place of the cursor. */
  private here(): void {
    const { state } = this.desk.view;
    const spot = spotAt(state, state.selection.main.head);
    need(this.live.root, "[data-to-card]").hidden = !spot;
    this.cards.mark(spot?.id ?? "");
  }

  private unfold(open: boolean): void {
    this.fold.setAttribute("aria-expanded", String(open));
    need(this.part, "[data-folded]").hidden = !open;
  }

  private async act(act: Act, item: Item, typed: string): Promise<string> {
    if (act === "go") return this.go(item.id);
    try {
      await this.ask(act, item, typed);
    } catch (error) {
      void this.refresh();
      return (error instanceof Refused && error.message) || this.live.words.say("offline");
    }
    const own = item.kind === "hunk" && item.told.own;
    this.say(act === "decline" && own ? "did_back" : `did_${act}`);
    await this.refresh();
    return "";
  }

  private async ask(act: Act, item: Item, typed: string): Promise<void> {
    if (item.kind === "hunk") return void (await tell(`${this.home}suggestions/${item.id}`, { then: act }));
    if (act === "answer") return void (await tell(`${this.home}talk/${item.id}`, { comment: typed }));
    await tell(`${this.home}talk/${item.id}/settle`, { then: act });
    if (act === "resolve") this.settledHere.set(item.id, { ...item.told, settled: true });
    else this.settledHere.delete(item.id);
  }

  private go(id: string): string {
    const spot = spotsOf(this.desk.view.state).find((one) => one.id === id);
    if (!spot) return "";
    const view = this.shown;
    const at = (place: number): number => this.suggesting.fork?.place(place) ?? place;
    if (isAlone(view.state)) showSection(view, at(spot.from));
    view.dispatch({ selection: { anchor: at(spot.from), head: at(spot.to) }, scrollIntoView: true });
    view.focus();
    return "";
  }

  /** The editor that is on the screen. */
  private get shown(): EditorView {
    return this.suggesting.fork?.view ?? this.desk.view;
  }
}
