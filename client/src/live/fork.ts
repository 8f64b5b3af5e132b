// A text of one's own for a suggestion: what is typed here is not sent, others' changes come in, and both can be told apart.

import { ChangeSet, EditorState, StateEffect, StateField, Transaction } from "@codemirror/state";
import type { Extension, Range, Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";

import { fromShared } from "./binding";
import { aside } from "./cards";
import type { History } from "./editor";
import type { Words } from "./page";

interface Forked {
  /** The text that everybody has. */
  base: Text;
  /** What leads from it to the text of the suggestion. */
  mine: ChangeSet;
}

const rebased = StateEffect.define<Forked>();

/** Words that the suggestion takes out, shown where they were. */
class Gone extends WidgetType {
  constructor(
    private readonly gone: string,
    private readonly words: Words,
  ) {
    super();
  }

  override eq(other: Gone): boolean {
    return other.gone === this.gone;
  }

  override toDOM(): HTMLElement {
    const del = document.createElement("del");
    del.append(aside(this.words.say("went")), this.gone.trim() ? this.gone : this.words.say("blank"));
    return del;
  }
}

const added = Decoration.mark({ tagName: "ins" });

function drawn({ base, mine }: Forked, words: Words): DecorationSet {
  const found: Range<Decoration>[] = [];
  mine.iterChanges((fromA, toA, fromB, toB, inserted) => {
    const gone = base.sliceString(fromA, toA);
    if (gone === inserted.toString()) return;
    if (gone) found.push(Decoration.widget({ widget: new Gone(gone, words), side: -1 }).range(fromB));
    if (toB > fromB) found.push(added.range(fromB, toB));
  });
  return Decoration.set(found, true);
}

export class Fork {
  readonly view: EditorView;
  private readonly field: StateField<Forked>;
  /** Changes that lead back, the last one at the end, each within the text as it is now. */
  private back: ChangeSet[] = [];
  private forth: ChangeSet[] = [];

  /** `look` makes the editor's extensions from how it takes back and what its text hangs on. */
  constructor(base: Text, words: Words, look: (history: History, own: Extension) => Extension, changed: () => void) {
    this.field = StateField.define<Forked>({
      create: () => ({ base, mine: ChangeSet.empty(base.length) }),
      update(value, transaction) {
        const told = transaction.effects.find((one) => one.is(rebased));
        if (told) return told.value as Forked;
        return transaction.docChanged ? { base: value.base, mine: value.mine.compose(transaction.changes) } : value;
      },
      provide: (own) => EditorView.decorations.from(own, (value) => drawn(value, words)),
    });
    const listener = EditorView.updateListener.of((update) => {
      for (const one of update.transactions) this.remember(one);
      if (update.docChanged) changed();
    });
    const extensions = [look(this.history, [this.field, listener])];
    this.view = new EditorView({ state: EditorState.create({ doc: base, extensions }) });
  }

  readonly history: History = {
    undo: () => this.turn(this.back, this.forth),
    redo: () => this.turn(this.forth, this.back),
  };

  /** What leads from the text that everybody has to this one. */
  get mine(): ChangeSet {
    return this.view.state.field(this.field).mine;
  }

  /** Whether something is suggested here. */
  get changed(): boolean {
    const { base } = this.view.state.field(this.field);
    return !base.eq(this.view.state.doc);
  }

  /** Others have changed the text that everybody has: bring it into this one. */
  heard(theirs: ChangeSet, base: Text): void {
    const { mine } = this;
    const here = theirs.map(mine, true);
    this.view.dispatch({
      changes: here,
      effects: rebased.of({ base, mine: mine.map(theirs) }),
      annotations: [fromShared.of(true), Transaction.addToHistory.of(false)],
    });
    this.back = moved(this.back, here);
    this.forth = moved(this.forth, here);
  }

  /** Where a place of the shared text is in this one. */
  place(at: number): number {
    return this.mine.mapPos(at, 1);
  }

  private remember(one: Transaction): void {
    if (!one.docChanged || one.annotation(fromShared) || one.annotation(Transaction.userEvent) === "undo") return;
    this.back.push(one.changes.invert(one.startState.doc));
    this.forth = [];
  }

  private turn(from: ChangeSet[], to: ChangeSet[]): boolean {
    const changes = from.pop();
    if (!changes) return true;
    to.push(changes.invert(this.view.state.doc));
    this.view.dispatch({ changes, annotations: Transaction.userEvent.of("undo"), scrollIntoView: true });
    return true;
  }
}

/** Carry a stack of changes, of which the last one fits the text, over a change of that text. */
function moved(stack: ChangeSet[], over: ChangeSet): ChangeSet[] {
  const all: ChangeSet[] = [];
  let theirs = over;
  for (const one of [...stack].reverse()) {
    all.unshift(one.map(theirs));
    theirs = theirs.map(one, true);
  }
  return all;
}
