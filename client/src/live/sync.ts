// The document and the house: what is sent, what has been written to disk, what still is not.

import * as Y from "yjs";

import { CHANGE, CHANGED, encode, fromBase64, REFUSED, SAVED, toBase64, WELCOME } from "./frames";
import type { Frame } from "./frames";

export const HOUSE = Symbol("from the house");
export const FOUND = Symbol("from this device");
const TOGETHER_MS = 80;
const COMPOSING_MS = 4_000;
/** A house that could not write to its disk is asked again later, and later still. */
const REST_MS = 2_000;
const LONGEST_REST_MS = 30_000;

export interface Watcher {
  send(frame: Uint8Array): void;
  open(): boolean;
  composing(): boolean;
  /** What is saved has changed, or there is something to save. */
  changed(): void;
  refused(code: string, sentence: string): void;
}

export class Sync {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("body");
  /** The number of the text that the house has told last. */
  seq = 0;
  private sent = 0;
  private acknowledged = 0;
  private waiting: Uint8Array[] = [];
  private timer = 0;
  /** State of the house from which the whole difference must be sent; null while single changes will do. */
  private from: Uint8Array | null = null;
  private held: Uint8Array[] = [];
  private typed = 0;
  private patience = 0;
  private unsent = false;
  private resting = 0;
  private refusals = 0;

  constructor(
    pen: number,
    private readonly watcher: Watcher,
  ) {
    this.doc.clientID = pen;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => this.written(update, origin));
  }

  /** Whether everything that was written here is on the house's disk. */
  get saved(): boolean {
    return !this.unsent && !this.waiting.length && this.acknowledged === this.sent;
  }

  /** Whether the text here is exactly the house's at `seq`. */
  get settled(): boolean {
    return this.saved && !this.held.length;
  }

  state(): string {
    return toBase64(Y.encodeStateVector(this.doc));
  }

  heard(frame: Frame): void {
    const { header } = frame;
    const seq = Math.max(this.seq, header.seq ?? 0);
    this.seq = frame.type === WELCOME ? (header.seq ?? 0) : seq;
    if (frame.type === WELCOME) this.welcome(frame);
    else if (frame.type === CHANGED) this.take(cut(frame.payload, header.sizes ?? []));
    else if (frame.type === SAVED) this.acknowledge(header.n ?? 0);
    else if (frame.type === REFUSED) this.refused(frame);
  }

  /** Apply what was held back while words were being composed. */
  release(): void {
    const held = this.held;
    this.held = [];
    if (held.length) this.apply(held);
  }

  /** Send what waits now, such as before the page is left. */
  flush(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (this.resting || !this.watcher.open() || !(this.waiting.length || this.from)) return;
    const update = this.from ? Y.encodeStateAsUpdate(this.doc, this.from) : Y.mergeUpdates(this.waiting);
    this.waiting = [];
    this.from = null;
    this.unsent = false;
    this.sent += 1;
    this.watcher.send(encode(CHANGE, { n: this.sent }, update));
  }

  /** Take words that were found on this device; they are sent with the next whole difference. */
  recover(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, FOUND);
  }

  private written(update: Uint8Array, origin: unknown): void {
    if (origin === HOUSE) return;
    this.typed = Date.now();
    if (origin !== FOUND && this.watcher.open()) {
      this.waiting.push(update);
      this.timer ||= window.setTimeout(() => this.flush(), TOGETHER_MS);
    } else {
      this.unsent = true;
    }
    this.watcher.changed();
  }

  private welcome(frame: Frame): void {
    const owed = !this.saved;
    this.held = [];
    window.clearTimeout(this.resting);
    this.resting = 0;
    Y.applyUpdate(this.doc, frame.payload, HOUSE);
    if (owed) {
      this.from = fromBase64(frame.header.state ?? "");
      if (frame.header.write !== false) this.flush();
    }
    this.watcher.changed();
  }

  private take(updates: Uint8Array[]): void {
    if (this.watcher.composing() && Date.now() - this.typed < COMPOSING_MS) {
      this.held.push(...updates);
      this.patience ||= window.setTimeout(() => this.waited(), COMPOSING_MS);
    } else {
      this.apply([...this.held.splice(0), ...updates]);
    }
  }

  /** Words that are left half composed do not keep others' words away for ever. */
  private waited(): void {
    this.patience = 0;
    const left = this.typed + COMPOSING_MS - Date.now();
    if (left <= 0 || !this.watcher.composing()) this.release();
    else if (this.held.length) this.patience = window.setTimeout(() => this.waited(), left);
  }

  private apply(updates: Uint8Array[]): void {
    this.doc.transact(() => updates.forEach((one) => Y.applyUpdate(this.doc, one, HOUSE)), HOUSE);
  }

  private acknowledge(n: number): void {
    this.acknowledged = Math.max(this.acknowledged, Math.min(n, this.sent));
    this.refusals = 0;
    this.watcher.changed();
  }

  private refused(frame: Frame): void {
    const { code = "", sentence = "", state = "" } = frame.header;
    this.unsent = true;
    this.from = fromBase64(state);
    this.watcher.refused(code, sentence);
    if (code === "behind") this.flush();
    if (code === "not_saved") this.rest();
    this.watcher.changed();
  }

  private rest(): void {
    const ms = Math.min(REST_MS * 2 ** this.refusals, LONGEST_REST_MS);
    this.refusals += 1;
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.resting = 0;
      this.flush();
    }, ms);
  }
}

function cut(payload: Uint8Array, sizes: number[]): Uint8Array[] {
  let at = 0;
  return sizes.map((size) => payload.subarray(at, (at += size)));
}
