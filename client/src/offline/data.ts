// What the export wrote beside the pages: the shape of each script that hands itself over, and how one is fetched.
// Neither fetch nor modules work in pages opened from a disk, so every piece is a classic script of its own.

export interface General {
  cjk: string;
  han: string;
  hiragana: string;
  inner: string;
  marks: string;
  ignored: string;
  selectors: string;
  letters: string[];
  hamza: string[];
  longest: number;
  ranking: { guideTitle: number; sectionTitle: number; saturation: number; lengthShare: number; usualLength: number };
  asking: { longest: number; units: number; steps: number; expansions: number; synonym: number };
  arabic: { suffixes: string[]; own: string[]; stop: string[] };
}

export interface House {
  general: General;
  sections: number;
  languages: Record<string, { buckets: number; shards: number; spelled: boolean }>;
  /** Every language of the house, read or not: whether it has a stemmer. */
  known: Record<string, boolean>;
}

export interface LanguageData {
  stop: string[];
  synonyms: Record<string, string[]>;
  /** For each group of first help, the words after which it is shown. */
  said: string[][];
  han?: string[];
  plurals?: [string, string][];
}

/** A text: its path, its topics, and of each section its length and where its title and its text begin. */
export type Facts = [string, string[], [number, number, number][]];
export type Shown = [string, [string, string, string][]];
export type Terms = Record<string, string>;

declare global {
  interface Window {
    studioSearch: (name: string, content: unknown) => void;
    studioStemmer: (code: string, make: (base: unknown) => unknown) => void;
  }
}

const arrived = new Map<string, unknown>();
const asked = new Map<string, Promise<unknown>>();
let folder = "";

window.studioSearch = (name, content) => void arrived.set(name, content);
window.studioStemmer = (code, make) => void arrived.set(`${code}/stemmer`, make);

/** Say where the scripts lie, as seen from the page. */
export function from(place: string): void {
  folder = place;
}

/** Return what the script `name` hands over, fetched once; null where there is no such file. */
export function load<T>(name: string): Promise<T | null> {
  let waiting = asked.get(name);
  if (!waiting) {
    waiting = new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      script.onload = () => done(arrived.get(name) ?? null);
      script.onerror = () => done(null);
      document.head.append(script);
    });
    asked.set(name, waiting);
  }
  return waiting as Promise<T | null>;
}
