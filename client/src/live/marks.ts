// Passages that are spoken of, marked in the editor; they move with every change, one's own and others'.

import { StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Extension, Range, TransactionSpec } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";

export interface Spot {
  id: string;
  kind: "comment" | "must" | "hunk" | "new";
  from: number;
  to: number;
}

interface Shown {
  spots: readonly Spot[];
  drawn: DecorationSet;
}

const put = StateEffect.define<readonly Spot[]>();

/** Where a suggestion puts words in and takes none out. */
class Gap extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.className = "lv-gap";
    sign.setAttribute("aria-hidden", "true");
    return sign;
  }
}

const gap = Decoration.widget({ widget: new Gap(), side: 1 });

function shown(spots: readonly Spot[]): Shown {
  const ranges: Range<Decoration>[] = spots.map(({ id, kind, from, to }) =>
    to > from
      ? Decoration.mark({ class: `lv-spot lv-spot-${kind}`, attributes: { "data-spot": id } }).range(from, to)
      : gap.range(from),
  );
  return { spots, drawn: Decoration.set(ranges, true) };
}

const field = StateField.define<Shown>({
  create: () => shown([]),
  update(value, transaction) {
    let { spots } = value;
    if (transaction.docChanged) {
      // What is written at either edge is no part of a passage.
      spots = spots.flatMap((one) => {
        const from = transaction.changes.mapPos(one.from, one.from === one.to ? -1 : 1);
        const to = Math.max(from, transaction.changes.mapPos(one.to, -1));
        return to === from && one.to > one.from ? [] : [{ ...one, from, to }];
      });
    }
    for (const effect of transaction.effects) if (effect.is(put)) spots = effect.value;
    return spots === value.spots ? value : shown(spots);
  },
  provide: (own) => EditorView.decorations.from(own, (value) => value.drawn),
});

export function marks(): Extension {
  return field;
}

export function spotsOf(state: EditorState): readonly Spot[] {
  return state.field(field, false)?.spots ?? [];
}

/** Show these passages and no others. */
export function showing(spots: readonly Spot[]): TransactionSpec {
  return { effects: put.of(spots) };
}

/** The shortest passage that a place in the text belongs to. */
export function spotAt(state: EditorState, at: number): Spot | null {
  const around = spotsOf(state).filter((one) => one.kind !== "new" && one.from <= at && at <= one.to);
  return around.sort((one, other) => one.to - one.from - (other.to - other.from))[0] ?? null;
}
