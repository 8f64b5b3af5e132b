// Which texts answer a question and how well, by the same sums as on the house's own pages.

import type { Phrase, Step, Way } from "./asked";
import type { Store, Text } from "./store";

export interface Atom {
  ways: [Way, number][];
}
export interface Guide {
  store: Store;
  text: Text;
  score: number;
  atoms: number;
  sections: Map<number, number>;
}
type Worth = Map<number, number>;

/** Return the texts that have at least `least` of `atoms`, best first. */
export function ranked(store: Store, atoms: Atom[], topic: string, least: number): Guide[] {
  const found = atoms.map((atom) => greatest(atom.ways.map(([one, factor]) => weighed(way(store, one), factor))));
  const worth = found.map((one) => {
    return worthOf(store, one, Math.log(1 + (store.house.sections + 0.5) / (one.size + 0.5)));
  });
  const tops = worth.map((one) => best(store, one));
  const sections = summed(worth);
  const everywhere = summed(tops);
  const bests = best(store, sections);
  const guides: Guide[] = [];
  for (const [number, total] of everywhere) {
    const text = store.texts[number]!;
    const count = tops.filter((one) => one.has(number)).length;
    if (count < least || (topic && !text.topics.includes(topic))) continue;
    guides.push({ store, text, score: ((bests.get(number) ?? 0) + total) / 2, atoms: count, sections });
  }
  return guides.sort(order);
}

export function order(one: Guide, two: Guide): number {
  const [a, b] = [rounded(one.score), rounded(two.score)];
  return two.atoms - one.atoms || b - a || (one.text.path < two.text.path ? -1 : one.text.path > two.text.path ? 1 : 0);
}

/** Return the sections of a text that answer, best first. */
export function bestSections(guide: Guide, count: number): number[] {
  const { sections, store } = guide;
  const worth = (section: number): number => rounded(sections.get(section) ?? 0);
  return guide.text.sections
    .filter((section) => sections.has(section))
    .sort((one, two) => worth(two) - worth(one) || store.numbers[one]! - store.numbers[two]!)
    .slice(0, count);
}

function rounded(score: number): number {
  return Math.round(score * 1e6);
}

function way(store: Store, parts: Way): Worth {
  let found: Worth | null = null;
  for (const part of parts) {
    const other = matches(store, part);
    if (!found) {
      found = other;
      continue;
    }
    const both: Worth = new Map();
    for (const [section, weight] of found) {
      const beside = other.get(section);
      if (beside !== undefined) both.set(section, Math.min(weight, beside));
    }
    found = both;
  }
  return found ?? new Map();
}

/** Return the sections in which a phrase stands, with the weight of its rarest word there. */
function matches(store: Store, phrase: Phrase): Worth {
  if (phrase.length === 1) return anyForm(store, phrase[0]!);
  const frequency = (step: Step): number => step.forms.reduce((sum, form) => sum + store.frequency(form), 0);
  const steps = phrase.map((step) => ({ step, frequency: frequency(step) }));
  const sorted = steps.sort((one, two) => one.frequency - two.frequency).map(({ step }) => step);
  const first = sorted[0];
  if (!first) return new Map();
  const stands = new Map<number, Set<number>>();
  for (const form of first.forms) {
    for (const [section, places] of store.positions(form)) {
      stands.set(section, new Set([...(stands.get(section) ?? []), ...places]));
    }
  }
  for (const step of sorted.slice(1)) beside(store, stands, step, step.offset - first.offset);
  const weights = anyForm(store, first);
  return new Map([...stands.keys()].map((section) => [section, weights.get(section) ?? 0]));
}

/** Leave of `stands` only the places from which `step` is `distance` words away. */
function beside(store: Store, stands: Map<number, Set<number>>, step: Step, distance: number): void {
  for (const [section, places] of stands) {
    const there = step.forms.flatMap((form) => store.positions(form).get(section) ?? []).map((at) => at - distance);
    const both = new Set(there.filter((at) => places.has(at)));
    if (both.size) stands.set(section, both);
    else stands.delete(section);
  }
}

function anyForm(store: Store, step: Step): Worth {
  return greatest(step.forms.map((form) => store.weights(form)));
}

function greatest(every: Worth[]): Worth {
  const found: Worth = new Map();
  for (const one of every) for (const [key, weight] of one) if (weight > (found.get(key) ?? 0)) found.set(key, weight);
  return found;
}

function weighed(found: Worth, factor: number): Worth {
  return factor === 1 ? found : new Map([...found].map(([section, weight]) => [section, weight * factor]));
}

function worthOf(store: Store, found: Worth, rarity: number): Worth {
  const { saturation, lengthShare, usualLength } = store.house.general.ranking;
  const short = saturation * (1 - lengthShare);
  const slope = (saturation * lengthShare) / usualLength;
  const most = rarity * (saturation + 1);
  return new Map(
    [...found].map(([section, weight]) => [section, (most * weight) / (weight + short + slope * store.lengths[section]!)]),
  );
}

function best(store: Store, worth: Worth): Worth {
  const found: Worth = new Map();
  for (const [section, score] of worth) {
    const text = store.ofSection[section]!;
    if (score > (found.get(text) ?? 0)) found.set(text, score);
  }
  return found;
}

function summed(every: Worth[]): Worth {
  const found: Worth = new Map();
  for (const one of every) for (const [key, score] of one) found.set(key, (found.get(key) ?? 0) + score);
  return found;
}
