// Did you mean: the nearest word that the texts really use, spelled as they mostly spell it.

import type { Analyzer } from "./analyzer";

const SHORTEST = 4;
const SHORTEST_TWICE = 7;
const SAME_BEGINNING = 2;

export class Speller {
  private readonly words = new Map<string, { count: number; word: string; most: number }>();

  constructor(
    vocabulary: Map<string, number>,
    private readonly analyzer: Analyzer,
  ) {
    for (const [word, count] of vocabulary) {
      const key = analyzer.bare(word);
      const known = this.words.get(key) ?? { count: 0, word, most: 0 };
      known.count += count;
      if (count > known.most || (count === known.most && word < known.word)) {
        known.word = word;
        known.most = count;
      }
      this.words.set(key, known);
    }
  }

  /** Return the most frequent word one slip away, else two in a long word; empty if there is none. */
  nearest(word: string): string {
    const key = this.analyzer.bare(this.analyzer.lowered(word));
    if (this.words.has(key) || [...key].length < SHORTEST) return "";
    const every = [...this.words.keys()];
    let near = every.filter((other) => oneSlip([...key], [...other]));
    if (!near.length && [...key].length >= SHORTEST_TWICE) {
      const begin = [...key].slice(0, SAME_BEGINNING).join("");
      near = every.filter((other) => other.startsWith(begin) && withinTwo([...key], [...other]));
    }
    near.sort((one, two) => this.words.get(two)!.count - this.words.get(one)!.count || (one < two ? -1 : 1));
    return near[0] === undefined ? "" : this.words.get(near[0])!.word;
  }
}

/** Whether two words differ by one letter too few, too many, wrong, or swapped with its neighbour. */
function oneSlip(one: string[], two: string[]): boolean {
  if (Math.abs(one.length - two.length) > 1) return false;
  let head = 0;
  while (head < one.length && head < two.length && one[head] === two[head]) head += 1;
  let tail = 0;
  const most = Math.min(one.length, two.length) - head;
  while (tail < most && one[one.length - 1 - tail] === two[two.length - 1 - tail]) tail += 1;
  const [left, other] = [one.slice(head, one.length - tail), two.slice(head, two.length - tail)];
  if (left.length <= 1 && other.length <= 1) return true;
  return left.length === 2 && other.length === 2 && left[0] === other[1] && left[1] === other[0];
}

function withinTwo(one: string[], two: string[]): boolean {
  if (Math.abs(one.length - two.length) > 2) return false;
  let row = two.map((_, at) => at + 1);
  row.unshift(0);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= two.length; other += 1) {
      const same = one[at - 1] === two[other - 1] ? 0 : 1;
      next.push(Math.min(row[other]! + 1, next[other - 1]! + 1, row[other - 1]! + same));
    }
    row = next;
    if (Math.min(...row) > 2) return false;
  }
  return row[row.length - 1]! <= 2;
}
