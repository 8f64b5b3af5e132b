// Whether somebody used words of despair or danger, in whatever form and language: then what helps is shown first.

import type { Analyzer } from "./analyzer";

type Forms = Set<string>[];

/** Whether any phrase of `said` stands in `words`: case and endings do not matter, and small words count. */
export function noticed(words: string, analyzer: Analyzer, said: string[]): boolean {
  const typed = formsOf(words, analyzer);
  return said.some((phrase) => stands(formsOf(phrase, analyzer), typed));
}

function formsOf(text: string, analyzer: Analyzer): Forms {
  return analyzer.pieces(text).flatMap((piece) => {
    if (piece.cjk) return analyzer.characters(piece.text).map(([sign]) => new Set([sign]));
    const forms = analyzer.forms(piece.text);
    return [new Set(forms.length ? forms : [analyzer.lowered(piece.text)])];
  });
}

function stands(phrase: Forms, typed: Forms): boolean {
  if (!phrase.length) return false;
  for (let at = 0; at + phrase.length <= typed.length; at += 1) {
    if (phrase.every((forms, next) => [...forms].some((form) => typed[at + next]?.has(form)))) return true;
  }
  return false;
}
