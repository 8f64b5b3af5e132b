// The index of one language, read piece by piece: a question fetches only the files in which its words may stand.

import type { Analyzer } from "./analyzer";
import type { Facts, House, Terms } from "./data";
import { load } from "./data";

export interface Text {
  path: string;
  topics: string[];
  sections: number[];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...ALPHABET].map((sign, at) => [sign, at]));
const NOTHING: ReadonlyMap<number, number[]> = new Map();

export class Store {
  /** Of each section: its text, which one of that it is, its length, and where its title and its text begin. */
  readonly texts: Text[] = [];
  readonly ofSection: number[] = [];
  readonly numbers: number[] = [];
  readonly lengths: number[] = [];
  private readonly begins: [number, number][] = [];
  private readonly firsts: Text[][] = [];
  private readonly shards = new Map<string, Terms>();
  private readonly kept = new Map<string, ReadonlyMap<number, number[]>>();

  private constructor(
    readonly code: string,
    readonly house: House,
    readonly analyzer: Analyzer,
  ) {}

  static async open(code: string, house: House, analyzer: Analyzer): Promise<Store> {
    const store = new Store(code, house, analyzer);
    const { buckets } = store.size;
    const every = await Promise.all(
      Array.from({ length: buckets }, (_, bucket) => load<Facts[]>(`${code}/${bucket}/texts`)),
    );
    for (const facts of every) store.firsts.push((facts ?? []).map((one) => store.add(one)));
    return store;
  }

  private get size(): { buckets: number; shards: number; spelled: boolean } {
    return this.house.languages[this.code]!;
  }

  private add([path, topics, sections]: Facts): Text {
    const text: Text = { path, topics, sections: [] };
    sections.forEach(([length, title, body], number) => {
      text.sections.push(this.ofSection.length);
      this.ofSection.push(this.texts.length);
      this.numbers.push(number);
      this.lengths.push(length);
      this.begins.push([title, body]);
    });
    this.texts.push(text);
    return text;
  }

  /** Fetch whatever is needed to know where `forms` stand. */
  async fetch(forms: Iterable<string>): Promise<void> {
    const wanted = new Set<string>();
    for (const form of forms) {
      for (let bucket = 0; bucket < this.size.buckets; bucket += 1) wanted.add(`${this.code}/${bucket}/${this.shard(form)}`);
    }
    const fresh = [...wanted].filter((name) => !this.shards.has(name));
    const found = await Promise.all(fresh.map((name) => load<Terms>(name)));
    fresh.forEach((name, at) => this.shards.set(name, found[at] ?? {}));
  }

  /** Return the words of the language with the number of texts that have each, for "did you mean". */
  async words(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    if (!this.size.spelled) return counts;
    for (let bucket = 0; bucket < this.size.buckets; bucket += 1) {
      const known = (await load<Terms>(`${this.code}/${bucket}/words`)) ?? {};
      for (const [word, rows] of Object.entries(known)) counts.set(word, (counts.get(word) ?? 0) + rows.split(" ").length);
    }
    return counts;
  }

  frequency(form: string): number {
    return this.positions(form).size;
  }

  /** Return the sections in which a form stands, with its weight in each. */
  weights(form: string): Map<number, number> {
    const { guideTitle, sectionTitle } = this.house.general.ranking;
    const found = new Map<number, number>();
    for (const [section, places] of this.positions(form)) {
      const [title, body] = this.begins[section]!;
      let weight = 0;
      for (const at of places) weight += at < title ? guideTitle : at < body ? sectionTitle : 1;
      found.set(section, weight);
    }
    return found;
  }

  /** Return the sections in which a form stands, with its positions. */
  positions(form: string): ReadonlyMap<number, number[]> {
    let found = this.kept.get(form);
    if (!found) this.kept.set(form, (found = this.read(form)));
    return found;
  }

  /** Return the first forms that begin with `prefix`, which has three signs at least: they lie in one shard. */
  beginning(prefix: string, limit: number): string[] {
    const found = new Set<string>();
    for (let bucket = 0; bucket < this.size.buckets; bucket += 1) {
      const terms = this.shards.get(`${this.code}/${bucket}/${this.shard(prefix)}`) ?? {};
      for (const form of Object.keys(terms)) if (form.startsWith(prefix)) found.add(form);
    }
    return [...found].sort(byCodePoints).slice(0, limit);
  }

  private read(form: string): ReadonlyMap<number, number[]> {
    const found = new Map<number, number[]>();
    for (let bucket = 0; bucket < this.size.buckets; bucket += 1) {
      const rows = this.shards.get(`${this.code}/${bucket}/${this.shard(form)}`);
      const written = rows && Object.prototype.hasOwnProperty.call(rows, form) ? rows[form] : undefined;
      for (const row of written?.split(" ") ?? []) {
        const [number, places] = row.split(":");
        const text = this.firsts[bucket]?.[Number(number)];
        if (text) places_of(places ?? "", text.sections, found);
      }
    }
    return found.size ? found : NOTHING;
  }

  private shard(form: string): number {
    return crc32([...form].slice(0, 2).join("")) % this.size.shards;
  }
}

/** Unpack where a form stands in one text: way to the next section, how often, ways from place to place. */
function places_of(packed: string, sections: number[], found: Map<number, number[]>): void {
  let at = 0;
  const next = (): number => {
    let number = 0;
    let scale = 1;
    for (;;) {
      const value = VALUES.get(packed[at++] ?? "A") ?? 0;
      if (value < 32) return number + value * scale;
      number += (value - 32) * scale;
      scale *= 32;
    }
  };
  let section = 0;
  while (at < packed.length) {
    section += next();
    const count = next();
    const places: number[] = [];
    let place = 0;
    for (let one = 0; one < count; one += 1) places.push((place += next()));
    const whole = sections[section];
    if (whole !== undefined) found.set(whole, places);
  }
}

const TABLE = Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(text: string): number {
  let value = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255]!;
  return (value ^ 0xffffffff) >>> 0;
}

function byCodePoints(one: string, two: string): number {
  const [a, b] = [[...one], [...two]];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const apart = a[at]!.codePointAt(0)! - b[at]!.codePointAt(0)!;
    if (apart) return apart;
  }
  return a.length - b.length;
}
