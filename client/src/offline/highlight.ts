// Found words in a text as plain pieces; the page makes the marks.

import type { Analyzer, Token } from "./analyzer";
import type { Phrase } from "./asked";

export type Segment = [text: string, found: boolean];
type Span = [start: number, end: number];

const BEFORE = 60;
const LONGEST = 220;
const SLACK = 24;

export function spans(text: string, analyzer: Analyzer, phrases: Phrase[]): Span[] {
  const forms = new Set(phrases.flatMap((one) => one.flatMap((step) => step.forms)));
  const places = new Map<number, Token[]>();
  for (const token of analyzer.tokens(text)) {
    if (forms.has(token.text)) places.set(token.position, [...(places.get(token.position) ?? []), token]);
  }
  const found: Span[] = [];
  for (const phrase of phrases) {
    for (const at of places.keys()) {
      const parts = phrase.map((step) => (places.get(at + step.offset) ?? []).filter((one) => step.forms.includes(one.text)));
      if (!parts.length || parts.some((part) => !part.length)) continue;
      const every = parts.flat();
      found.push([Math.min(...every.map((one) => one.start)), Math.max(...every.map((one) => one.end))]);
    }
  }
  return merged(found.sort((one, two) => one[0] - two[0] || one[1] - two[1]));
}

export function segments(text: string, found: Span[], start = 0, end = text.length): Segment[] {
  const parts: Segment[] = [];
  let at = start;
  for (const [first, last] of found) {
    if (first < at || last > end) continue;
    parts.push([text.slice(at, first), false], [text.slice(first, last), true]);
    at = last;
  }
  parts.push([text.slice(at, end), false]);
  return parts.filter(([words]) => words);
}

/** Return a passage of at most about 220 signs around the place with most of what was found, with a mark where it is cut. */
export function excerpt(text: string, found: Span[]): Segment[] {
  const start = begin(text, densest(found));
  const end = stop(text, Math.min(text.length, start + LONGEST));
  const before: Segment[] = start > 0 ? [["… ", false]] : [];
  const after: Segment[] = end < text.length ? [[" …", false]] : [];
  return [...before, ...segments(text, found, start, end), ...after];
}

function merged(found: Span[]): Span[] {
  const every: Span[] = [];
  for (const [start, end] of found) {
    const last = every[every.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else every.push([start, end]);
  }
  return every;
}

function densest(found: Span[]): number {
  let [best, most] = [0, 0];
  found.forEach(([start], at) => {
    const inside = found.slice(at, at + 20).filter(([, end]) => end <= start + LONGEST - BEFORE).length;
    if (inside > most) [best, most] = [Math.max(0, start - BEFORE), inside];
  });
  return best;
}

function begin(text: string, start: number): number {
  if (start === 0) return 0;
  for (const sign of [...".!?。！？؟\n", " "]) {
    const at = text.indexOf(sign, start);
    if (at >= 0 && at < start + SLACK) return at + 1 + (text[at + 1] === " " ? 1 : 0);
  }
  return start;
}

function stop(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const window = text.slice(end - SLACK, end);
  const at = Math.max(...[..." \n。、，"].map((sign) => window.lastIndexOf(sign)));
  if (at < 0) return end;
  const place = end - SLACK + at;
  return place + (" \n".includes(text[place] ?? "") ? 0 : 1);
}
