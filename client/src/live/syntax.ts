// Markdown as the editor reads it, from its own parser alone, and how its parts look while they are written.

import { Language, defineLanguageFacet, syntaxTree } from "@codemirror/language";
import { StateField } from "@codemirror/state";
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, Direction, EditorView, ViewPlugin } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import { parser, Strikethrough, Table, TaskList } from "@lezer/markdown";

const markdown = new Language(defineLanguageFacet(), parser.configure([Table, Strikethrough, TaskList]), [], "markdown");

/** Blocks: what their whole lines look like. */
const LINES: Record<string, string> = {
  ATXHeading1: "lv-h lv-h1",
  ATXHeading2: "lv-h lv-h2",
  ATXHeading3: "lv-h lv-h3",
  ATXHeading4: "lv-h lv-h4",
  ATXHeading5: "lv-h lv-h4",
  ATXHeading6: "lv-h lv-h4",
  Blockquote: "lv-quote",
  ListItem: "lv-item",
  FencedCode: "lv-code",
  Table: "lv-table",
  HorizontalRule: "lv-rule",
};
/** Runs inside a line. */
const RUNS: Record<string, string> = {
  StrongEmphasis: "lv-strong",
  Emphasis: "lv-em",
  Strikethrough: "lv-struck",
  Link: "lv-link",
  Autolink: "lv-link",
  Image: "lv-image",
  InlineCode: "lv-inline-code",
};
const MARKS = new Set([
  ...["HeaderMark", "QuoteMark", "ListMark", "EmphasisMark", "StrikethroughMark", "LinkMark", "CodeMark", "CodeInfo"],
  ...["TableDelimiter", "LinkTitle", "LinkLabel"],
]);
const URLS = new Set(["URL"]);

const lines = new Map<string, Decoration>();
const runs = new Map<string, Decoration>();
const mark = Decoration.mark({ class: "lv-mark" });
/** An address is written from the left in any script, apart from the words around it. */
const address = Decoration.mark({ class: "lv-mark lv-url", attributes: { dir: "ltr" }, bidiIsolate: Direction.LTR });
const active = Decoration.line({ class: "lv-here" });

function line(name: string): Decoration {
  let made = lines.get(name);
  if (!made) lines.set(name, (made = Decoration.line({ class: name })));
  return made;
}

function run(name: string): Decoration {
  let made = runs.get(name);
  if (!made) runs.set(name, (made = Decoration.mark({ class: name })));
  return made;
}

function decorate(view: EditorView): { all: DecorationSet; isolates: DecorationSet } {
  const { state } = view;
  const found: Range<Decoration>[] = [];
  const isolates: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        const block = LINES[node.name];
        if (block) eachLine(state, Math.max(node.from, from), Math.min(node.to, to), (at) => found.push(line(block).range(at)));
        const note = node.name === "Link" && state.sliceDoc(node.from, node.from + 2) === "[^";
        const inside = note ? "lv-footnote" : RUNS[node.name];
        if (inside && node.to > node.from) found.push(run(inside).range(node.from, node.to));
        if (node.to === node.from) return true;
        if (node.name === "LinkReference" && state.sliceDoc(node.from, node.from + 2) === "[^") return false;
        if (MARKS.has(node.name)) found.push(mark.range(node.from, node.to));
        if (URLS.has(node.name)) {
          found.push(address.range(node.from, node.to));
          isolates.push(address.range(node.from, node.to));
        }
        return true;
      },
    });
  }
  for (const range of state.selection.ranges) found.push(active.range(state.doc.lineAt(range.head).from));
  return { all: Decoration.set(found, true), isolates: Decoration.set(isolates, true) };
}

function eachLine(state: EditorState, from: number, to: number, act: (at: number) => void): void {
  for (let at = state.doc.lineAt(from).from; at <= to; ) {
    act(at);
    const here = state.doc.lineAt(at);
    if (here.to + 1 > state.doc.length) break;
    at = here.to + 1;
  }
}

const looks = ViewPlugin.fromClass(
  class {
    all: DecorationSet;
    isolates: DecorationSet;

    constructor(view: EditorView) {
      ({ all: this.all, isolates: this.isolates } = decorate(view));
    }

    update(update: ViewUpdate): void {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (!update.docChanged && !update.viewportChanged && !update.selectionSet && !parsed) return;
      ({ all: this.all, isolates: this.isolates } = decorate(update.view));
    }
  },
  {
    decorations: (plugin) => plugin.all,
    provide: (plugin) => EditorView.bidiIsolatedRanges.of((view) => view.plugin(plugin)?.isolates ?? Decoration.none),
  },
);

const OPENS = /^:::+\s*(note|help|care|stop|card)\b/i;
const CLOSES = /^:::+\s*$/;

/** Boxes are found line by line: the parser does not know them. */
const boxes = StateField.define<DecorationSet>({
  create: (state) => boxesOf(state),
  update: (value, transaction) => (transaction.docChanged ? boxesOf(transaction.state) : value),
  provide: (own) => EditorView.decorations.from(own),
});

function boxesOf(state: EditorState): DecorationSet {
  const found: Range<Decoration>[] = [];
  let kind = "";
  let at = 0;
  for (const words of state.doc.iterLines()) {
    const opens = OPENS.exec(words)?.[1]?.toLowerCase();
    if (opens) kind = opens;
    if (kind) found.push(line(`lv-box lv-box-${kind}${opens ? " lv-box-first" : ""}`).range(at));
    const closes = CLOSES.test(words);
    if (opens || (kind && closes)) found.push(mark.range(at, at + words.length));
    if (closes && kind) {
      found.push(line("lv-box-last").range(at));
      kind = "";
    }
    at += words.length + 1;
  }
  return Decoration.set(found, true);
}

export function syntax(): Extension {
  return [markdown.extension, looks, boxes];
}
