// One section at a time, for small screens: the rest of the text is not shown and cannot be changed by accident.

import { EditorState, StateEffect, StateField, Transaction } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";

import { fromShared } from "./binding";
import { sectionAt, sections } from "./outline";
import type { Section } from "./outline";

interface Shown {
  /** An offset inside the section that is shown; null where all of the text is. */
  at: number | null;
  section: Section | null;
  hidden: DecorationSet;
}

const choose = StateEffect.define<number | null>();
const cover = Decoration.replace({ block: true });
const ALL: Shown = { at: null, section: null, hidden: Decoration.none };

function show(state: EditorState, at: number | null): Shown {
  if (at === null) return ALL;
  const all = sections(state.doc.iterLines());
  const section = all[sectionAt(all, at)] as Section;
  const end = section.to < state.doc.length ? section.to - 1 : section.to;
  const hidden = [];
  if (section.from > 0) hidden.push(cover.range(0, section.from - 1));
  if (end < state.doc.length && end >= section.from) hidden.push(cover.range(end + 1, state.doc.length));
  return { at, section: { ...section, to: end }, hidden: Decoration.set(hidden) };
}

const field = StateField.define<Shown>({
  create: () => ALL,
  update(value, transaction) {
    let at = value.at;
    if (at !== null && transaction.docChanged) at = transaction.changes.mapPos(at, 1);
    for (const effect of transaction.effects) if (effect.is(choose)) at = effect.value;
    return at === value.at && !transaction.docChanged ? value : show(transaction.state, at);
  },
  provide: (own) => [
    EditorView.decorations.from(own, (shown) => shown.hidden),
    EditorView.atomicRanges.of((view) => view.state.field(own).hidden),
  ],
});

/** What is hidden is changed by others and by undoing alone. */
const guard = EditorState.changeFilter.of((transaction) => {
  const { section } = transaction.startState.field(field);
  if (!section || transaction.annotation(fromShared)) return true;
  const after = Math.min(section.to + 1, transaction.startState.doc.length);
  return [0, section.from, ...(section.to < transaction.startState.doc.length ? [after - 1, transaction.startState.doc.length] : [])];
});

/** The cursor stays where it can be seen. */
const stay = EditorState.transactionFilter.of((transaction: Transaction) => {
  if (!transaction.selection || transaction.annotation(fromShared)) return transaction;
  const shown = transaction.state.field(field, false);
  const { main } = transaction.newSelection;
  if (!shown?.section) return transaction;
  const { from, to } = shown.section;
  const clamp = (offset: number): number => Math.max(from, Math.min(to, offset));
  const [anchor, head] = [clamp(main.anchor), clamp(main.head)];
  if (anchor === main.anchor && head === main.head) return transaction;
  return [transaction, { selection: { anchor, head }, sequential: true }];
});

export function oneSection(): Extension {
  return [field, guard, stay];
}

/** Show the section at an offset alone, or all of the text. */
export function showSection(view: EditorView, at: number | null): void {
  view.dispatch({ effects: choose.of(at) });
  if (at !== null) view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
}

export function isAlone(state: EditorState): boolean {
  return state.field(field).at !== null;
}
