// Keeps a line to the house: opens it, notices when it is dead, and opens it again without asking anybody.

import { encode, PING, WELCOME } from "./frames";
import type { Frame } from "./frames";
import { byEvents, bySocket, reachable } from "./transport";
import type { Hello, Transport } from "./transport";

export const SIGN_IN = 4401;
export const NOT_YOURS = 4403;
export const NONE = 4404;
export const PUT_AWAY = 4409;
const RESTARTS = new Set([1012, 1013]);
/** Codes by which the house itself says why. */
const KNOWN = new Set([...RESTARTS, 1008]);
const FINAL = new Set([NOT_YOURS, NONE, PUT_AWAY]);

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const SILENCE_MS = 15_000;
const DEAD_MS = 25_000;
/** A network that swallows sockets lets them hang; what an open line may take is too long for that. */
const OPENING_MS = 12_000;
const LOOK_MS = 2_500;

export interface Owner {
  hello(): Hello;
  heard(frame: Frame): void;
  /** The line is gone; `code` says why. */
  lost(code: number): void;
}

export class Connection {
  private transport: Transport | null = null;
  private welcomed = false;
  private last = 0;
  private pinged = 0;
  private failures = 0;
  private timer = 0;
  private events = false;
  private reached = false;
  private over = false;

  constructor(
    private readonly address: string,
    private readonly owner: Owner,
  ) {
    window.setInterval(() => this.look(), LOOK_MS);
    window.addEventListener("online", () => this.now());
    window.addEventListener("offline", () => this.drop(1006));
    window.addEventListener("focus", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  get open(): boolean {
    return this.welcomed;
  }

  start(): void {
    if (this.transport || this.over) return;
    window.clearTimeout(this.timer);
    this.last = Date.now();
    const ears = { heard: (frame: Frame) => this.heard(frame), closed: (code: number) => this.drop(code) };
    const way = this.events ? byEvents : bySocket;
    this.transport = way(this.address, this.owner.hello(), ears);
  }

  send(frame: Uint8Array): void {
    if (this.welcomed) this.transport?.send(frame);
  }

  /** Open the line anew, such as to show more pens. */
  again(): void {
    this.hangUp();
    this.start();
  }

  /** Try at once, if the line is not open; a dead one that was asleep is found out by a ping. */
  private now(): void {
    if (!this.transport) return this.start();
    if (Date.now() - this.last > SILENCE_MS) this.ping();
  }

  private heard(frame: Frame): void {
    this.last = Date.now();
    if (frame.type === WELCOME) {
      this.welcomed = true;
      this.failures = 0;
      this.reached = false;
    }
    this.owner.heard(frame);
  }

  private drop(code: number): void {
    if (!this.transport) return;
    const early = !this.welcomed;
    this.hangUp();
    this.over = FINAL.has(code);
    this.owner.lost(code);
    if (this.over) return;
    this.failures += 1;
    if (early && !this.events && !KNOWN.has(code) && code < 4000) this.doubt();
    const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.failures - 1, 6));
    const pause = RESTARTS.has(code) ? FIRST_MS : most;
    this.timer = window.setTimeout(() => this.start(), pause * (0.5 + Math.random() / 2));
  }

  /** Take the other way where two sockets in a row failed while the house answered an ordinary request between them. */
  private doubt(): void {
    this.events = this.reached;
    this.reached = false;
    if (!this.events) void reachable().then((yes) => (this.reached = yes));
  }

  private hangUp(): void {
    window.clearTimeout(this.timer);
    const transport = this.transport;
    this.transport = null;
    this.welcomed = false;
    transport?.close();
  }

  private look(): void {
    if (!this.transport) return;
    const silent = Date.now() - this.last;
    if (silent > (this.welcomed ? DEAD_MS : OPENING_MS)) this.drop(1006);
    else if (silent > SILENCE_MS && Date.now() - this.pinged > SILENCE_MS) this.ping();
  }

  private ping(): void {
    this.pinged = Date.now();
    this.send(encode(PING, {}));
  }
}
