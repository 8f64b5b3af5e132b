// The editor itself: CodeMirror with what a writer of guides needs, and nothing for programmers.

import { defaultKeymap } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Command, KeyBinding } from "@codemirror/view";
import type * as Y from "yjs";

import { binding, Undo } from "./binding";
import { carets } from "./carets";
import * as commands from "./commands";
import { direction } from "./direction";
import { oneSection } from "./focus";
import type { Page, Words } from "./page";
import { syntax } from "./syntax";

const writable = new Compartment();
const spelling = new Compartment();

export interface Actions {
  find: Command;
  help: Command;
  save: Command;
  link: Command;
  comment: Command;
  /** From the passage that is spoken of to what is said. */
  said: Command;
  images(view: EditorView, files: File[]): void;
  paste(view: EditorView, html: string, plain: string, files: File[]): void;
  composed(): void;
  /** Something was typed, chosen or scrolled. */
  moved(typed: boolean): void;
}

function spell(on: boolean): ReturnType<typeof EditorView.contentAttributes.of> {
  const said = on ? "true" : "false";
  return EditorView.contentAttributes.of({ spellcheck: said, autocorrect: on ? "on" : "off", autocapitalize: "sentences" });
}

export function setWritable(view: EditorView, yes: boolean): void {
  view.dispatch({ effects: writable.reconfigure(canWrite(yes)) });
}

export function setSpelling(view: EditorView, on: boolean): void {
  view.dispatch({ effects: spelling.reconfigure(spell(on)) });
}

function canWrite(yes: boolean): ReturnType<typeof EditorState.readOnly.of>[] {
  return [EditorState.readOnly.of(!yes), EditorView.contentAttributes.of({ "aria-readonly": yes ? "false" : "true" })];
}

/** A copy holds more than words: what a page or a word processor gave is worth reading as HTML. */
const FORMATTED = /<(a|b|strong|em|i|h[1-6]|ul|ol|li|table|blockquote|img|p)\b/i;

function handlers(actions: Actions): ReturnType<typeof EditorView.domEventHandlers> {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const data = event.clipboardData;
      if (!data || view.state.readOnly) return false;
      const html = data.getData("text/html");
      const plain = data.getData("text/plain");
      const files = [...data.files].filter((one) => one.type.startsWith("image/"));
      if (html && FORMATTED.test(html)) actions.paste(view, html, plain, files);
      else if (!plain && files.length) actions.images(view, files);
      else return false;
      event.preventDefault();
      return true;
    },
    drop(event, view) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!files.length || view.state.readOnly) return false;
      event.preventDefault();
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      actions.images(view, files);
      return true;
    },
    compositionend: () => actions.composed(),
  });
}

/** What takes back and brings back: everybody's own words, or those of a suggestion. */
export interface History {
  undo(): boolean;
  redo(): boolean;
}

/** What every editor of guides has; `own` is what its text hangs on. */
export function look(page: Page, words: Words, actions: Actions, history: History, own: Extension): Extension {
  const keys: KeyBinding[] = [
    { key: "Mod-z", run: history.undo, preventDefault: true },
    { key: "Mod-y", mac: "Mod-Shift-z", run: history.redo, preventDefault: true },
    { key: "Mod-Shift-z", run: history.redo, preventDefault: true },
    { key: "Mod-b", run: commands.bold, preventDefault: true },
    { key: "Mod-i", run: commands.emphasis, preventDefault: true },
    { key: "Mod-k", run: actions.link, preventDefault: true },
    { key: "Mod-f", run: actions.find, preventDefault: true },
    { key: "Mod-Alt-h", run: commands.heading },
    { key: "Mod-Alt-l", run: commands.list },
    { key: "Mod-Alt-q", run: commands.quote },
    { key: "Mod-Alt-m", run: actions.comment, preventDefault: true },
    { key: "Mod-Alt-o", run: actions.said, preventDefault: true },
    { key: "Mod-s", run: actions.save, preventDefault: true },
    { key: "F1", run: actions.help, preventDefault: true },
    { key: "Enter", run: commands.enter },
    { key: "Tab", run: commands.stepIn, shift: commands.stepOut },
  ];
  return [
    writable.of(canWrite(true)),
    spelling.of(spell(false)),
    EditorView.contentAttributes.of({ "aria-label": words.say("text"), lang: page.language, dir: page.direction }),
    EditorView.cspNonce.of(page.nonce),
    EditorState.lineSeparator.of("\n"),
    EditorView.lineWrapping,
    handlers(actions),
    historyByMenu(history),
    keymap.of([...keys, ...defaultKeymap.filter((one) => one.key !== "Mod-i")]),
    syntax(),
    direction(page.direction),
    oneSection(),
    carets(),
    own,
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet || update.focusChanged) {
        actions.moved(update.transactions.some((one) => one.isUserEvent("input") || one.isUserEvent("delete")));
      }
    }),
  ];
}

export function make(text: Y.Text, page: Page, words: Words, actions: Actions): { view: EditorView; undo: Undo } {
  const undo = new Undo(text);
  const extensions = look(page, words, actions, undo, binding(text));
  const view = new EditorView({ state: EditorState.create({ doc: text.toString(), extensions }) });
  undo.view = view;
  return { view, undo };
}

/** Undo from the browser's own menu, or by shaking a phone. */
function historyByMenu(history: History): ReturnType<typeof EditorView.domEventHandlers> {
  return EditorView.domEventHandlers({
    beforeinput(event) {
      if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
      event.preventDefault();
      return event.inputType === "historyUndo" ? history.undo() : history.redo();
    },
  });
}
