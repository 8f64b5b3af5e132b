// A reader's words in, texts with what was looked for out.

import type { Phrase, Unit } from "./asked";
import { parsed, phrase, units } from "./asked";
import type { Way } from "./asked";
import type { Atom, Guide } from "./ranking";
import { order, ranked } from "./ranking";
import { Speller } from "./speller";
import type { Store } from "./store";

export interface Answer {
  guide: Guide;
  phrases: Phrase[];
}
export interface Results {
  answers: Answer[];
  meant: string;
}

const SHORTEST_PREFIX = 3;
const [WHOLE, LOOSER, SYNONYM, BEGINNING] = [1, 0.6, 0.8, 0.3];

export interface Place {
  store: Store;
  synonyms: Record<string, string[]>;
}

/** Return all texts of `places` that answer, best first; a better spelled question is looked for in the first. */
export async function search(places: Place[], words: string, topic: string): Promise<Results> {
  const asking = places[0]?.store.house.general.asking;
  if (!asking || words.length > asking.longest) return { answers: [], meant: "" };
  const every = await Promise.all(places.map((place) => answered(place, words, topic)));
  const answers = every.flat().sort((one, two) => order(one.guide, two.guide));
  return { answers, meant: await didYouMean(places[0]!, words, topic) };
}

async function answered(place: Place, words: string, topic: string): Promise<Answer[]> {
  const { store } = place;
  const found = parsed(words, store.analyzer);
  if (!found.length) return [];
  const pairs = withSynonyms(place, found);
  await store.fetch(pairs.flatMap(([group, atom]) => [...formsOf(atom), ...group.flatMap((unit) => pieceForms(unit))]));
  const strict = pairs.map(([, atom]) => atom);
  const guides = ranked(store, strict, topic, strict.length);
  if (guides.length) return told(guides, strict);
  const most = store.house.general.asking.units;
  const loose = pairs.flatMap(([group, whole]) => pieces(group, whole)).map((atom) => beginning(store, atom)).slice(0, most);
  return told(ranked(store, loose, topic, Math.floor((loose.length + 1) / 2)), loose);
}

function told(guides: Guide[], atoms: Atom[]): Answer[] {
  const phrases = atoms.flatMap((atom) => atom.ways.flatMap(([way]) => way));
  return guides.map((guide) => ({ guide, phrases }));
}

function formsOf(atom: Atom): string[] {
  return atom.ways.flatMap(([way]) => way.flatMap((part) => part.flatMap((step) => step.forms)));
}

function pieceForms(unit: Unit): string[] {
  return unit.pieces.flatMap((part) => part.flatMap((step) => step.forms));
}

/** Return an atom for each unit; units that make a word to avoid become one, with its better words beside. */
function withSynonyms({ store, synonyms }: Place, found: Unit[]): [Unit[], Atom][] {
  const known = new Map<string, [Way, number][]>();
  for (const [word, better] of Object.entries(synonyms)) {
    const ways = better.flatMap((one) => phrase(one, store.analyzer).ways);
    known.set(
      keys(units(word, store.analyzer)),
      ways.map((way): [Way, number] => [way, SYNONYM]),
    );
  }
  const atoms: [Unit[], Atom][] = [];
  for (let at = 0; at < found.length; ) {
    let size = store.house.general.asking.synonym;
    while (size > 1 && !known.has(keys(found.slice(at, at + size)))) size -= 1;
    const group = found.slice(at, at + size);
    atoms.push([group, { ways: [...waysOf(group), ...(known.get(keys(group)) ?? [])] }]);
    at += size;
  }
  return atoms;
}

function waysOf(group: Unit[]): [Way, number][] {
  if (group.length > 1) return [[group.flatMap((unit) => unit.ways[0] ?? []), WHOLE]];
  return (group[0]?.ways ?? []).map((way, number) => [way, number ? LOOSER : WHOLE]);
}

function keys(group: Unit[]): string {
  return JSON.stringify(group.flatMap((unit) => (unit.ways[0] ?? []).flatMap((part) => part.map((step) => step.forms))));
}

function pieces(group: Unit[], whole: Atom): Atom[] {
  const first = group[0]!;
  if (group.length > 1 || first.word || whole.ways.length > first.ways.length) return [whole];
  return first.pieces.map((piece) => ({ ways: [[[piece], WHOLE]] }));
}

/** Return the atom with the words that begin like its first word, if no text has that one. */
function beginning(store: Store, atom: Atom): Atom {
  const first = atom.ways[0]?.[0][0]?.[0];
  const known = atom.ways.some(([way]) => way[0]?.[0]?.forms.some((form) => store.frequency(form)));
  if (!first || known) return atom;
  const longer = first.forms
    .filter((prefix) => [...prefix].length >= SHORTEST_PREFIX)
    .flatMap((prefix) => store.beginning(prefix, store.house.general.asking.expansions));
  return longer.length ? { ways: [...atom.ways, [[[{ offset: 0, forms: longer }]], BEGINNING]] } : atom;
}

async function didYouMean({ store }: Place, words: string, topic: string): Promise<string> {
  const known = (unit: Unit): boolean => !!unit.ways[0]?.[0]?.[0]?.forms.some((form) => store.frequency(form));
  const unknown = parsed(words, store.analyzer).filter((unit) => unit.word && !known(unit));
  if (!unknown.length) return "";
  const speller = new Speller(await store.words(), store.analyzer);
  let better = words;
  for (const unit of unknown.reverse()) {
    const nearest = speller.nearest(unit.word);
    if (nearest && (await readable(store, nearest, topic))) better = better.slice(0, unit.start) + nearest + better.slice(unit.end);
  }
  return better === words ? "" : better;
}

/** Whether a word stands in a text that is asked for: some of the texts' words are left out when they are asked. */
async function readable(store: Store, word: string, topic: string): Promise<boolean> {
  const atoms = units(word, store.analyzer).map((unit): Atom => ({ ways: waysOf([unit]) }));
  await store.fetch(atoms.flatMap((atom) => formsOf(atom)));
  return ranked(store, atoms, topic, 1).length > 0;
}
