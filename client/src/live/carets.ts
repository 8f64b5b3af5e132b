// Where others are in the text: a coloured bar with a name, and what they have chosen.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import type { Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import * as Y from "yjs";

import { fromBase64, toBase64 } from "./frames";
import type { Person } from "./frames";

export interface Place {
  name: string;
  tint: number;
  anchor: number;
  head: number;
}

const places = StateEffect.define<Place[]>();

class Caret extends WidgetType {
  constructor(
    private readonly name: string,
    private readonly tint: number,
  ) {
    super();
  }

  override eq(other: Caret): boolean {
    return other.name === this.name && other.tint === this.tint;
  }

  override toDOM(): HTMLElement {
    const bar = document.createElement("span");
    bar.className = `lv-caret lv-tint-${this.tint}`;
    bar.setAttribute("aria-hidden", "true");
    const flag = document.createElement("bdi");
    flag.textContent = this.name;
    bar.append("\u2060", flag, "\u2060");
    return bar;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const field = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let now = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(places)) now = drawn(effect.value, transaction.state.doc.length);
    }
    return now;
  },
  provide: (own) => EditorView.decorations.from(own),
});

function drawn(all: Place[], most: number): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const { name, tint, anchor, head } of all) {
    const from = Math.min(anchor, head, most);
    const to = Math.min(Math.max(anchor, head), most);
    if (to > from) ranges.push(Decoration.mark({ class: `lv-chosen lv-tint-${tint}` }).range(from, to));
    ranges.push(Decoration.widget({ widget: new Caret(name, tint), side: head < anchor ? -1 : 1 }).range(Math.min(head, most)));
  }
  return Decoration.set(ranges, true);
}

export function carets(): Extension {
  return field;
}

export function showCarets(view: EditorView, people: Person[], text: Y.Text): void {
  const all = people.map((one) => placeOf(one, text)).filter((one): one is Place => one !== null);
  view.dispatch({ effects: places.of(all) });
}

/** Say where the writer is so that it stays right while others write: by neighbours, not by numbers. */
export function placeHere(view: EditorView, text: Y.Text): string {
  const { anchor, head } = view.state.selection.main;
  const at = (offset: number): string =>
    toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, offset)));
  return JSON.stringify([at(anchor), at(head)]);
}

function placeOf(person: Person, text: Y.Text): Place | null {
  const { doc } = text;
  if (!person.at || !doc) return null;
  try {
    const [anchor, head] = (JSON.parse(person.at) as string[]).map((one) => {
      const relative = Y.decodeRelativePosition(fromBase64(one));
      const found = Y.createAbsolutePositionFromRelativePosition(relative, doc);
      return found && found.type === text ? found.index : null;
    });
    if (anchor == null || head == null) return null;
    return { name: person.name, tint: person.tint & 7, anchor, head };
  } catch {
    return null; // a place that cannot be read is not shown
  }
}
