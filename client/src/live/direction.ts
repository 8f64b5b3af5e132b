// Which way each line runs: by its own first letter, by the language where it has none, or as the writer chose.

import { Compartment } from "@codemirror/state";
import type { Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";

export type Way = "auto" | "ltr" | "rtl";

const LETTER = /\p{L}/u;
const FENCE = /^:::/;
const ways: Record<Way, Decoration> = {
  auto: Decoration.line({ attributes: { dir: "auto" } }),
  ltr: Decoration.line({ attributes: { dir: "ltr" } }),
  rtl: Decoration.line({ attributes: { dir: "rtl" } }),
};
const chosen = new Compartment();

function everyLine(view: EditorView, way: Way, base: Way): DecorationSet {
  const found: Range<Decoration>[] = [];
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    for (let at = doc.lineAt(from); ; at = doc.line(at.number + 1)) {
      const own = way === "auto" && (!LETTER.test(at.text) || FENCE.test(at.text)) ? base : way;
      found.push(ways[own].range(at.from));
      if (at.to >= to || at.number === doc.lines) break;
    }
  }
  return Decoration.set(found, true);
}

function lines(way: Way, base: Way): Extension {
  return ViewPlugin.fromClass(
    class {
      all: DecorationSet;

      constructor(view: EditorView) {
        this.all = everyLine(view, way, base);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.all = everyLine(update.view, way, base);
      }
    },
    { decorations: (plugin) => plugin.all },
  );
}

/** `base` is the direction of the text's language, for lines that say nothing of their own. */
export function direction(base: Way): Extension {
  return [EditorView.perLineTextDirection.of(true), chosen.of(lines("auto", base))];
}

export function turn(view: EditorView, way: Way, base: Way): void {
  view.dispatch({ effects: chosen.reconfigure(lines(way, base)) });
}

