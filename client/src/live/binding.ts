// The editor's text and the shared one, kept alike: each change of one is written into the other once.

import { Annotation, Transaction } from "@codemirror/state";
import type { ChangeSpec, Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import type { ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";

/** Marks what came from the shared text, so that it is not written back. */
export const fromShared = Annotation.define<boolean>();
export const EDITOR = Symbol("typed here");

export function changesOf(delta: Y.YTextEvent["delta"]): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  let at = 0;
  for (const part of delta) {
    if (typeof part.insert === "string") changes.push({ from: at, insert: part.insert });
    else if (part.delete !== undefined) {
      changes.push({ from: at, to: at + part.delete });
      at += part.delete;
    } else at += part.retain ?? 0;
  }
  return changes;
}

export function binding(text: Y.Text): Extension {
  return ViewPlugin.fromClass(
    class {
      private readonly hear: (event: Y.YTextEvent, transaction: Y.Transaction) => void;

      constructor(view: EditorView) {
        this.hear = (event, transaction) => {
          if (transaction.origin === EDITOR) return;
          const annotations = [fromShared.of(true), Transaction.addToHistory.of(false)];
          view.dispatch({ changes: changesOf(event.delta), annotations });
        };
        text.observe(this.hear);
      }

      update(update: ViewUpdate): void {
        for (const one of update.transactions) {
          if (!one.docChanged || one.annotation(fromShared)) continue;
          text.doc?.transact(() => {
            let moved = 0;
            one.changes.iterChanges((from, to, _from, _to, inserted) => {
              const words = inserted.toString();
              if (to > from) text.delete(from + moved, to - from);
              if (words) text.insert(from + moved, words);
              moved += words.length - (to - from);
            });
          }, EDITOR);
        }
      }

      destroy(): void {
        text.unobserve(this.hear);
      }
    },
  );
}

/** Undo takes back one's own words alone, whatever others wrote meanwhile. */
export class Undo {
  private readonly manager: Y.UndoManager;
  view: EditorView | null = null;

  constructor(private readonly text: Y.Text) {
    this.manager = new Y.UndoManager(text, { trackedOrigins: new Set([EDITOR]), captureTimeout: 600 });
    this.manager.on("stack-item-added", ({ stackItem }) => stackItem.meta.set("at", this.place()));
    this.manager.on("stack-item-popped", ({ stackItem }) => this.goTo(stackItem.meta.get("at") as Place | undefined));
  }

  undo = (): boolean => this.manager.undo() !== null || true;
  redo = (): boolean => this.manager.redo() !== null || true;

  private place(): Place | undefined {
    const range = this.view?.state.selection.main;
    if (!range) return undefined;
    // A moment after the change the editor's own selection is that of before it; so it fits an undo.
    const most = this.text.length;
    const at = (offset: number): Y.RelativePosition =>
      Y.createRelativePositionFromTypeIndex(this.text, Math.min(offset, most));
    return [at(range.anchor), at(range.head)];
  }

  private goTo(place: Place | undefined): void {
    const doc = this.text.doc;
    if (!place || !doc || !this.view) return;
    const [anchor, head] = place.map((one) => Y.createAbsolutePositionFromRelativePosition(one, doc)?.index);
    if (anchor === undefined || head === undefined) return;
    const most = this.view.state.doc.length;
    const selection = { anchor: Math.min(anchor, most), head: Math.min(head, most) };
    this.view.dispatch({ selection, scrollIntoView: true });
  }
}

type Place = [Y.RelativePosition, Y.RelativePosition];
