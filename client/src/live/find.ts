// Find and replace, in the words of the screen.

import { closeSearchPanel, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { EditorState, StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { keymap } from "@codemirror/view";

import type { Words } from "./page";

const KEYS = [
  ["Find", "find"],
  ["Replace", "replace_by"],
  ["next", "next"],
  ["previous", "previous"],
  ["all", "all"],
  ["match case", "match_case"],
  ["regexp", "pattern"],
  ["by word", "whole_words"],
  ["replace", "replace"],
  ["replace all", "replace_all"],
  ["close", "close"],
  ["replaced $ matches", "replaced"],
  ["current match", "current"],
  ["on line", "on_line"],
] as const;
const ready = new WeakSet<EditorView>();

export function open(view: EditorView, words: Words): boolean {
  if (!ready.has(view)) {
    ready.add(view);
    const phrases = Object.fromEntries(KEYS.map(([english, key]) => [english, words.say(`find_${key}`)]));
    const panel = [search({ top: true }), EditorState.phrases.of(phrases), keymap.of(searchKeymap)];
    view.dispatch({ effects: StateEffect.appendConfig.of(panel) });
  }
  return openSearchPanel(view);
}

export { closeSearchPanel };
