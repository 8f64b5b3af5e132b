// What the buttons do: each command changes the chosen lines or words as a writer would have typed it.

import { EditorSelection } from "@codemirror/state";
import type { ChangeSpec, EditorState, Line } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";

const ITEM = /^(\s*)([-*+]|\d+[.)])(\s+)/;
const QUOTE = /^\s*>\s?/;
const HEADING = /^(#{1,6})\s+/;

function chosenLines(state: EditorState): Line[] {
  const { from, to } = state.selection.main;
  const found: Line[] = [];
  for (let at = state.doc.lineAt(from); ; at = state.doc.line(at.number + 1)) {
    found.push(at);
    if (at.to >= to || at.number === state.doc.lines) return found;
  }
}

function change(view: EditorView, changes: ChangeSpec[], selection?: { anchor: number; head?: number }): boolean {
  const set = view.state.changes(changes);
  const kept = selection ? EditorSelection.single(selection.anchor, selection.head) : view.state.selection.map(set, 1);
  view.dispatch({ changes: set, selection: kept, scrollIntoView: true, userEvent: "input" });
  view.focus();
  return true;
}

/** No heading, a heading, a smaller one, none again. */
export const heading: Command = (view) => {
  const line = chosenLines(view.state)[0] as Line;
  const marks = HEADING.exec(line.text);
  const length = marks?.[0].length ?? 0;
  const next = { 0: "## ", 2: "### ", 1: "## " }[marks?.[1]?.length ?? 0] ?? "";
  return change(view, [{ from: line.from, to: line.from + length, insert: next }]);
};

function around(sign: string): Command {
  return (view) => {
    const { from, to } = view.state.selection.main;
    const words = view.state.sliceDoc(from, to);
    const size = sign.length;
    if (view.state.sliceDoc(from - size, from) === sign && view.state.sliceDoc(to, to + size) === sign) {
      return change(view, [
        { from: from - size, to: from },
        { from: to, to: to + size },
      ]);
    }
    const changes = [{ from, to, insert: `${sign}${words}${sign}` }];
    return change(view, changes, { anchor: from + size, head: from + size + words.length });
  };
}

export const bold = around("**");
export const emphasis = around("*");

/** Begin each line with a mark, or take it away where all have it. */
function lines(has: RegExp, mark: (index: number) => string): Command {
  return (view) => {
    const all = chosenLines(view.state).filter((one, _, every) => every.length === 1 || one.text.trim());
    const every = all.every((one) => has.test(one.text));
    return change(
      view,
      all.map((one, index) => {
        const length = has.exec(one.text)?.[0].length ?? 0;
        return { from: one.from, to: one.from + length, insert: every ? "" : mark(index) };
      }),
    );
  };
}

export const list = lines(ITEM, () => "- ");
export const numbers = lines(ITEM, (index) => `${index + 1}. `);
export const quote = lines(QUOTE, () => "> ");

/** Put a block of lines in the place of the chosen ones, with empty lines around it. */
export function block(view: EditorView, words: (chosen: string) => string, cursor: (made: string) => [number, number]): boolean {
  const { state } = view;
  const all = chosenLines(state);
  const [from, to] = [(all[0] as Line).from, (all[all.length - 1] as Line).to];
  const made = words(state.sliceDoc(from, to));
  const before = from === 0 || state.sliceDoc(from - 2, from) === "\n\n" ? "" : "\n";
  const after = to === state.doc.length ? "\n" : state.sliceDoc(to, to + 2) === "\n\n" ? "" : "\n";
  const [start, end] = cursor(made);
  const at = from + before.length;
  return change(view, [{ from, to, insert: before + made + after }], { anchor: at + start, head: at + end });
}

export function box(kind: string): Command {
  return (view) => {
    const open = `::: ${kind}\n`;
    return block(
      view,
      (chosen) => `${open}${chosen}\n:::`,
      (made) => [made.length - 4, made.length - 4],
    );
  };
}

export function table(view: EditorView, words: { first: string; second: string }): boolean {
  const row = `| ${words.first} | ${words.second} |\n| --- | --- |\n|  |  |`;
  return block(
    view,
    (chosen) => (chosen.trim() ? `${chosen}\n\n${row}` : row),
    (made) => [made.length - 5, made.length - 5],
  );
}

/** A number in the text and its note at the end, where the source is written. */
export const footnote: Command = (view) => {
  const text = view.state.doc.toString();
  const used = [...text.matchAll(/\[\^(\d+)\]/g)].map((one) => Number(one[1]));
  const number = Math.max(0, ...used) + 1;
  const at = view.state.selection.main.to;
  const end = text.trimEnd().length;
  const gap = /\n\[\^[^\]]+\]:.*$/.test(text.trimEnd()) ? "\n" : "\n\n";
  const sign = `[^${number}]`;
  const note = `${gap}${sign}: `;
  const from = Math.max(end, at);
  const whole = at + sign.length + note.length + (from - at);
  return change(
    view,
    [
      { from: at, insert: sign },
      { from, insert: note },
    ],
    { anchor: whole },
  );
};

export function link(view: EditorView, words: string, address: string): boolean {
  const { from, to } = view.state.selection.main;
  const shown = (words || address).replace(/([\\[\]])/g, "\\$1");
  const target = /[\s()<>]/.test(address) ? `<${address.replace(/[<>\n]/g, "")}>` : address;
  const made = `[${shown}](${target})`;
  return change(view, [{ from, to, insert: made }], { anchor: from + made.length });
}

/** Put a line of its own after the one with the cursor. */
export function ownLine(view: EditorView, words: string): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const before = line.text.trim() ? "\n\n" : "";
  const made = `${before}${words}\n`;
  return change(view, [{ from: line.to, insert: made }], { anchor: line.to + made.length });
}

/** Enter in a list or a quotation goes on with it; in an empty item it ends it. */
export const enter: Command = (view) => {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const mark = ITEM.exec(line.text) ?? /^(\s*)(>)(\s?)/.exec(line.text);
  if (!mark || !main.empty || main.head < line.from + mark[0].length) return false;
  if (line.text.length === mark[0].length) return change(view, [{ from: line.from, to: line.to }]);
  const number = /^\d+/.exec(mark[2] ?? "");
  const sign = number ? `${Number(number[0]) + 1}${(mark[2] ?? "").slice(number[0].length)}` : mark[2];
  const made = `\n${mark[1]}${sign}${mark[3] || " "}`;
  return change(view, [{ from: main.head, insert: made }], { anchor: main.head + made.length });
};

/** Tab moves items of a list in, and stays away from everything else, so that it can leave the editor. */
function step(by: (text: string) => ChangeSpec | null): Command {
  return (view) => {
    const all = chosenLines(view.state);
    if (!all.every((one) => ITEM.test(one.text))) return false;
    const changes = all.flatMap((one) => {
      const made = by(one.text) as { from: number; to?: number; insert?: string } | null;
      return made ? [{ ...made, from: one.from + made.from, to: one.from + (made.to ?? made.from) }] : [];
    });
    return change(view, changes);
  };
}

export const stepIn = step(() => ({ from: 0, insert: "  " }));
export const stepOut = step((text) => (text.startsWith("  ") ? { from: 0, to: 2 } : null));
