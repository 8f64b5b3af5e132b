// A language as the index took it apart: words folded, stopped, stemmed; ideographs in pairs.

import type { General, LanguageData } from "./data";

export interface Token {
  text: string;
  start: number;
  end: number;
  position: number;
}

interface Piece {
  text: string;
  start: number;
  end: number;
  cjk: boolean;
}

export type Character = [sign: string, start: number, end: number];
type Stem = (word: string) => string;

const HYPHENS = new Set(["-", "\u2010", "\u2011"]);
const SHORTEST = 3;
const SHORTEST_SUGGESTED = 3;

export class Analyzer {
  readonly general: General;
  private readonly base: string;
  private readonly stop: Set<string>;
  private readonly stopArabic: Set<string>;
  private readonly stemmer: Stem;
  private readonly plurals: [string, string][];
  private readonly han: Map<string, string>;
  private readonly letters: Map<string, string>;
  private readonly hamza: Map<string, string>;
  private readonly known = new Map<string, string[]>();
  private readonly mark: RegExp;
  private readonly ignored: RegExp;
  private readonly selector: RegExp;
  private readonly piece: RegExp;
  private readonly cluster: RegExp;
  private readonly hanOne: RegExp;
  private readonly hiraganaOne: RegExp;
  private readonly japanesePiece: RegExp;

  constructor(code: string, general: General, data: LanguageData, stem: Stem | null) {
    this.base = (code.split("-")[0] ?? code).toLowerCase();
    this.general = general;
    this.stop = new Set(data.stop);
    this.stopArabic = new Set(general.arabic.stop);
    this.stemmer = stem ?? ((word) => word);
    this.plurals = data.plurals ?? [];
    this.han = table(data.han ?? []);
    this.letters = table(general.letters);
    this.hamza = table(general.hamza);
    const { cjk, han, hiragana, inner, marks, ignored, selectors } = general;
    const letter = `(?![${cjk}])[\\p{L}\\p{N}]`;
    this.mark = new RegExp(`[${marks}]`, "gu");
    this.ignored = new RegExp(`[${ignored}${selectors}]`, "gu");
    this.selector = new RegExp(`[${selectors}]`, "gu");
    this.piece = new RegExp(
      `([${cjk}][${cjk}${selectors}]*)|${letter}(?:${letter}|[${inner}]|[${ignored}]+(?=${letter}|[${inner}]))*`,
      "gu",
    );
    this.cluster = new RegExp(`[^][${selectors}\u3099\u309a\uff9e\uff9f\u1160-\u11ff]*`, "gu");
    this.hanOne = new RegExp(`^[${han}]`, "u");
    this.hiraganaOne = new RegExp(`^[${hiragana}]`, "u");
    this.japanesePiece = new RegExp(`[${han}]+|[^${han}${hiragana}]+`, "gu");
  }

  /** Return the word without case, in compatibility form, by the language's rules. */
  lowered(word: string): string {
    let plain = word.replace(this.ignored, "").normalize("NFKC");
    if (this.base === "tr" || this.base === "az") plain = plain.replace(/İ/g, "i").replace(/I/g, "ı");
    return plain.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").replace(/ſ/g, "s").normalize("NFC");
  }

  /** Return a lowered word as slips of the pen are counted on: without its diacritics, in Arabic without hamza. */
  bare(word: string): string {
    return this.base === "ar" ? this.arabic(word) : this.folded(word);
  }

  /** Return the forms under which a word is found; none for a word that is left out. */
  forms(word: string): string[] {
    let found = this.known.get(word);
    if (!found) this.known.set(word, (found = this.made(word)));
    return found;
  }

  /** Return the tokens of a text; words left out leave a gap in the positions. */
  tokens(text: string): Token[] {
    const found: Token[] = [];
    let position = 0;
    let before: Piece | null = null;
    for (const piece of this.pieces(text)) {
      const { start, end } = piece;
      if (piece.cjk) {
        const run = this.characters(piece.text);
        found.push(...this.runTokens(run, start, position));
        position += run.length;
        before = null;
        continue;
      }
      if (before && before.end + 1 === start && HYPHENS.has(text[start - 1] ?? "")) {
        const { start: first } = before;
        const at = position - 1;
        for (const form of this.forms(before.text + piece.text)) found.push({ text: form, start: first, end, position: at });
      }
      for (const form of this.forms(piece.text)) found.push({ text: form, start, end, position });
      position += 1;
      before = piece;
    }
    return found;
  }

  pieces(text: string): Piece[] {
    return [...text.matchAll(this.piece)].map((match) => ({
      text: match[0],
      start: match.index ?? 0,
      end: (match.index ?? 0) + match[0].length,
      cjk: match[1] !== undefined,
    }));
  }

  /** Return the pieces of a text, those joined by a hyphen together. */
  groups(text: string): Piece[][] {
    const groups: Piece[][] = [];
    let before: Piece | null = null;
    for (const piece of this.pieces(text)) {
      const joined = before && !before.cjk && !piece.cjk && HYPHENS.has(text.slice(before.end, piece.start));
      if (joined) groups[groups.length - 1]?.push(piece);
      else groups.push([piece]);
      before = piece;
    }
    return groups;
  }

  /** Return the signs of a run in compatibility form, each with its place in the run as given. */
  characters(run: string): Character[] {
    const found: Character[] = [];
    for (const [cluster] of run.matchAll(this.cluster)) {
      const start = found.length ? (found[found.length - 1]?.[2] ?? 0) : 0;
      const plain = cluster.replace(this.selector, "").normalize("NFKC");
      for (const sign of plain) found.push([this.han.get(sign) ?? sign, start, start + cluster.length]);
    }
    return found;
  }

  isHan(sign: string): boolean {
    return this.hanOne.test(sign);
  }

  isHiragana(sign: string): boolean {
    return this.hiraganaOne.test(sign);
  }

  get japanese(): boolean {
    return this.base === "ja";
  }

  /** Return the Han and katakana words of a run, each with the place after it. */
  japaneseWords(text: string): [string, number][] {
    return [...text.matchAll(this.japanesePiece)].map((match) => [match[0], (match.index ?? 0) + match[0].length]);
  }

  /** Return the words of a text as they may be suggested. */
  suggested(piece: string): string {
    const word = this.lowered(piece);
    const plain = this.base === "ar" ? this.unmarked(word) : word;
    const left = [...plain].length < SHORTEST_SUGGESTED || /^\p{Nd}+$/u.test(plain) || this.stop.has(word);
    return left ? "" : plain;
  }

  private made(word: string): string[] {
    const plain = [...this.lowered(word)].slice(0, this.general.longest).join("");
    const first = plain.charCodeAt(0);
    if (this.base === "ar" || (first >= 0x600 && first <= 0x6ff)) {
      const arabic = this.arabic(plain);
      return !arabic || this.stopArabic.has(arabic) ? [] : this.arabicStems(arabic);
    }
    const bare = this.folded(plain);
    if (!bare || this.stop.has(plain)) return [];
    const stem = this.stem(plain);
    const found = [stem, this.stem(this.plurals.length ? this.singular(bare) : bare)];
    if (this.base === "tr") found.push(this.stem(stem));
    return unique(found.map((form) => this.folded(form)));
  }

  private stem(word: string): string {
    return this.stemmer(word) || word;
  }

  private singular(word: string): string {
    const rule = this.plurals.find(([many]) => word.endsWith(many));
    return rule ? word.slice(0, word.length - rule[0].length) + rule[1] : word;
  }

  private folded(word: string): string {
    if (!/[^\x00-\x7f]/.test(word)) return word;
    const kept = word.replace(/й/g, "\ue000").replace(/ї/g, "\ue001").normalize("NFD");
    const plain = kept.replace(this.mark, "").normalize("NFC").replace(/\ue000/g, "й").replace(/\ue001/g, "ї");
    return translated(plain, this.letters);
  }

  private unmarked(word: string): string {
    return word.replace(this.ignored, "").replace(this.mark, "");
  }

  private arabic(word: string): string {
    return translated(this.unmarked(word), this.hamza);
  }

  private arabicStems(word: string): string[] {
    const kin = /^[وفبل]?(?:(ام|اخت|ابن|بنت)(?:ي|ك|ه|ها|نا|هم|كم|هن|كن)?|(اب|اخ)(?:[ويا](?:ك|ه|ها|نا|هم|كم|هن|كن)?))$/u.exec(
      word,
    );
    if (kin) return [kin[1] ?? kin[2] ?? ""];
    return unique(this.arabicBeginnings(word).map((stem) => this.arabicEnded(stem)));
  }

  private arabicBeginnings(word: string): string[] {
    if (!this.general.arabic.own.some((own) => word.startsWith(own))) {
      const article = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})/u.exec(word);
      if (article) return [word.slice(article[0].length)];
      if (/^[وف](?=.{3})/u.test(word)) word = word.slice(1);
    }
    const found = /^[بكل](?=.{3})/u.test(word) ? [word, word.slice(1)] : [word];
    const shorter = found.map((long) => {
      const verb = long.startsWith("ال") ? null : /^(?:س?[يتنا])(?=.{3,6}$)/u.exec(long);
      return verb ? long.slice(verb[0].length) : null;
    });
    return [...found, ...shorter.filter((one): one is string => one !== null)];
  }

  private arabicEnded(word: string): string {
    for (let round = 0; round < 3; round += 1) {
      const ending = this.general.arabic.suffixes.find((s) => word.endsWith(s) && word.length - s.length >= SHORTEST);
      if (!ending) break;
      const shorter = word.slice(0, word.length - ending.length);
      word = shorter.length > SHORTEST && /(?:اي|او)$/u.test(shorter) ? shorter.slice(0, -1) : shorter;
    }
    return word;
  }

  private runTokens(run: Character[], offset: number, position: number): Token[] {
    const found: Token[] = [];
    run.forEach(([sign, start, end], at) => {
      const next = run[at + 1];
      if (this.isHan(sign) || run.length === 1) {
        found.push({ text: sign, start: offset + start, end: offset + end, position: position + at });
      }
      if (next) found.push({ text: sign + next[0], start: offset + start, end: offset + next[2], position: position + at });
    });
    if (!this.japanese) return found;
    run.forEach(([sign, start, end], at) => {
      const alone = this.isHan(sign) && !(at > 0 && this.isHan(run[at - 1]?.[0] ?? ""));
      if (alone && this.isHiragana(run[at + 1]?.[0] ?? "")) {
        found.push({ text: `${sign}/`, start: offset + start, end: offset + end, position: position + at });
      }
    });
    return found;
  }
}

function table(entries: string[]): Map<string, string> {
  return new Map(entries.map((entry) => [[...entry][0] ?? "", [...entry].slice(1).join("")]));
}

function translated(word: string, known: Map<string, string>): string {
  return [...word].map((sign) => known.get(sign) ?? sign).join("");
}

export function unique<T>(every: T[]): T[] {
  return [...new Set(every)];
}
