// Places as the house counts them, code points of the text at a number, brought to where they are in the text here.

import type { ChangeDesc, Text } from "@codemirror/state";

const KEPT = 200;
const SURROGATES = /[\ud800-\udfff]/;

interface Moment {
  seq: number;
  text: Text;
  /** How many changes had been seen. */
  seen: number;
}

/** What the text was at numbers of the house, and what has changed since. */
export class Past {
  private moments: Moment[] = [];
  private changes: ChangeDesc[] = [];
  private gone = 0;

  /** The text here is the house's at `seq`. */
  settled(seq: number, text: Text): void {
    const seen = this.gone + this.changes.length;
    const last = this.moments[this.moments.length - 1];
    if (last?.seq === seq && last.seen === seen) return;
    this.moments = [...this.moments.filter((one) => one.seq !== seq && one.seen >= this.gone), { seq, text, seen }].slice(-KEPT);
  }

  changed(changes: ChangeDesc): void {
    this.changes.push(changes);
    if (this.changes.length <= 2 * KEPT) return;
    this.changes.splice(0, KEPT);
    this.gone += KEPT;
  }

  /** Return what turns places of the text at `seq` into those of now; null where that text was never seen here. */
  since(seq: number): ((start: number, end: number) => [number, number]) | null {
    const moment = this.moments.find((one) => one.seq === seq && one.seen >= this.gone);
    if (!moment) return null;
    const unit = units(moment.text.toString());
    const later = this.changes.slice(moment.seen - this.gone);
    return (start, end) => {
      let [from, to] = [unit(start), unit(end)];
      const point = from === to;
      for (const one of later) {
        from = one.mapPos(from, point ? -1 : 1);
        to = Math.max(from, one.mapPos(to, -1));
      }
      return [from, to];
    };
  }
}

/** Return what turns a number of code points into one of UTF-16 units, as the editor counts. */
function units(text: string): (points: number) => number {
  const most = text.length;
  if (!SURROGATES.test(text)) return (points) => Math.min(points, most);
  const starts: number[] = [];
  for (let at = 0; at < most; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) starts.push(at);
  return (points) => starts[points] ?? most;
}

/** Return a place of the editor in code points. */
export function points(text: Text, at: number): number {
  return [...text.sliceString(0, at)].length;
}

/** Return where `quote` stands nearest to `near`, or null. */
export function nearest(text: string, quote: string, near: number): [number, number] | null {
  if (!quote) return null;
  let best = -1;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (best >= 0 && Math.abs(at - near) >= Math.abs(best - near)) break;
    best = at;
  }
  return best < 0 ? null : [best, best + quote.length];
}
