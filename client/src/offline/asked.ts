// What somebody typed, as units that can be looked up: exactly, or in smaller pieces when nothing is found.

import type { Analyzer, Character } from "./analyzer";

export interface Step {
  offset: number;
  forms: string[];
}
export type Phrase = Step[];
export type Way = Phrase[];
export interface Unit {
  ways: Way[];
  pieces: Phrase[];
  start: number;
  end: number;
  word: string;
}

const QUOTED = /["“”„«»「『]([^"“”„«»「」『』]+)["“”„«»」』]/gu;

/** Return what a question asks for; what stands in quotation marks is one unit. */
export function parsed(words: string, analyzer: Analyzer): Unit[] {
  const { units: most, steps } = analyzer.general.asking;
  const found: Unit[] = [];
  let at = 0;
  for (const quoted of words.matchAll(QUOTED)) {
    const start = quoted.index ?? 0;
    found.push(...moved(units(words.slice(at, start), analyzer), at));
    found.push(...moved([phrase(quoted[1] ?? "", analyzer)], start + 1).filter((unit) => unit.ways.length));
    at = start + quoted[0].length;
  }
  found.push(...moved(units(words.slice(at), analyzer), at));
  return found.slice(0, most).map((unit) => ({
    ...unit,
    ways: unit.ways.map((way) => way.slice(0, most).map((one) => one.slice(0, steps))),
    pieces: unit.pieces.slice(0, most),
  }));
}

export function units(text: string, analyzer: Analyzer): Unit[] {
  return analyzer
    .groups(text)
    .map((group): Unit => {
      const first = group[0]!;
      const start = first.start;
      const end = group[group.length - 1]!.end;
      if (first.cjk) return { ...run(analyzer.characters(first.text), analyzer), start, end, word: "" };
      const steps = group.flatMap((piece, at) => step(piece.text, analyzer, at));
      const exact = fromZero(steps);
      const ways: Way[] = exact.length ? [[exact]] : [];
      if (group.length > 1) {
        ways.push(...step(group.map((piece) => piece.text).join(""), analyzer, 0).map((one) => [[one]]));
      }
      const pieces = steps.map((one) => [{ offset: 0, forms: one.forms }]);
      return { ways, pieces, start, end, word: group.length === 1 ? first.text : "" };
    })
    .filter((unit) => unit.ways.length);
}

/** Return all of `text` as one unit whose words must stand side by side. */
export function phrase(text: string, analyzer: Analyzer): Unit {
  const steps: Step[] = [];
  let position = 0;
  for (const piece of analyzer.pieces(text)) {
    if (piece.cjk) {
      const signs = analyzer.characters(piece.text);
      steps.push(...pairs(signs.map(([sign]) => sign)).map((one) => ({ offset: position + one.offset, forms: one.forms })));
      position += signs.length;
    } else {
      steps.push(...step(piece.text, analyzer, position));
      position += 1;
    }
  }
  const exact = fromZero(steps);
  const pieces = units(text, analyzer).flatMap((unit) => unit.pieces);
  return { ways: exact.length ? [[exact]] : [], pieces, start: 0, end: text.length, word: "" };
}

function moved(found: Unit[], by: number): Unit[] {
  return found.map((unit) => ({ ...unit, start: unit.start + by, end: unit.end + by }));
}

function run(signs: Character[], analyzer: Analyzer): { ways: Way[]; pieces: Phrase[] } {
  const exact = pairs(signs.map(([sign]) => sign));
  if (!analyzer.japanese) return { ways: [[exact]], pieces: exact.map((one) => [{ offset: 0, forms: one.forms }]) };
  const pieces = japanese(signs.map(([sign]) => sign).join(""), analyzer);
  if (!pieces.length) return { ways: [[exact]], pieces: [exact] };
  const same = pieces.length === 1 && JSON.stringify(pieces[0]) === JSON.stringify(exact);
  return { ways: same ? [[exact]] : [[exact], pieces], pieces };
}

function japanese(text: string, analyzer: Analyzer): Phrase[] {
  return analyzer.japaneseWords(text).map(([word, end]) => {
    const signs = [...word];
    const inflected = signs.length === 1 && analyzer.isHiragana(text.slice(end));
    return inflected ? [{ offset: 0, forms: [`${word}/`] }] : pairs(signs);
  });
}

function pairs(signs: string[]): Phrase {
  if (signs.length === 1) return [{ offset: 0, forms: [signs[0]!] }];
  return signs.slice(1).map((sign, at) => ({ offset: at, forms: [signs[at]! + sign] }));
}

function step(word: string, analyzer: Analyzer, offset: number): Step[] {
  const forms = analyzer.forms(word);
  return forms.length ? [{ offset, forms }] : [];
}

function fromZero(steps: Step[]): Phrase {
  const first = steps[0]?.offset ?? 0;
  return steps.map((one) => ({ offset: one.offset - first, forms: one.forms }));
}
