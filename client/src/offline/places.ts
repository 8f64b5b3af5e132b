// What is needed to ask in a language: its analyzer, and where there is something to read, its part of the index.

import { Analyzer } from "./analyzer";
import type { House, LanguageData } from "./data";
import { load } from "./data";
import { noticed } from "./noticing";
import type { Place } from "./query";
import { Base } from "./snowball";
import { Store } from "./store";

interface Stemmer {
  stem: (word: string) => string;
}
interface Spoken {
  analyzer: Analyzer;
  data: LanguageData;
}

const spoken = new Map<string, Promise<Spoken | null>>();
const places = new Map<string, Promise<Place | null>>();

/** Return what is needed to look through one language; null where there is nothing to read. */
export function place(code: string, house: House): Promise<Place | null> {
  let known = places.get(code);
  if (!known) places.set(code, (known = opened(code, house)));
  return known;
}

/** Return the groups of first help that somebody should see first who typed `words`, in any language. */
export async function helping(words: string, house: House): Promise<number[]> {
  const every = await Promise.all(Object.keys(house.known).map((code) => language(code, house)));
  const found = new Set<number>();
  for (const one of every) {
    one?.data.said.forEach((said, group) => {
      if (noticed(words, one.analyzer, said)) found.add(group);
    });
  }
  return [...found];
}

async function opened(code: string, house: House): Promise<Place | null> {
  const known = house.languages[code] ? await language(code, house) : null;
  if (!known) return null;
  return { store: await Store.open(code, house, known.analyzer), synonyms: known.data.synonyms };
}

function language(code: string, house: House): Promise<Spoken | null> {
  let known = spoken.get(code);
  if (!known) spoken.set(code, (known = learned(code, house)));
  return known;
}

async function learned(code: string, house: House): Promise<Spoken | null> {
  const nothing: LanguageData = { stop: [], synonyms: {}, said: [] };
  const data = code in house.known ? await load<LanguageData>(`${code}/language`) : nothing;
  if (!data) return null;
  const make = house.known[code] ? await load<(base: typeof Base) => Stemmer>(`${code}/stemmer`) : null;
  const stemmer = make ? make(Base) : null;
  return { analyzer: new Analyzer(code, house.general, data, stemmer ? (word) => stemmer.stem(word) : null), data };
}
