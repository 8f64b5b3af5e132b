// How many words a text has, in any script.

const MARKS = /^\s*(:::.*|#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s)|\]\([^)]*\)|\[\^[^\]]+\]:?|[*_`|!\[\]]/gm;

export function countWords(text: string, language: string): number {
  const plain = text.replace(MARKS, " ");
  if (!("Segmenter" in Intl)) return plain.split(/\s+/).filter(Boolean).length;
  let count = 0;
  for (const part of new Intl.Segmenter(language, { granularity: "word" }).segment(plain)) {
    if (part.isWordLike) count += 1;
  }
  return count;
}
