// A comment on the chosen words, or on the sentence with the cursor: asked for in a dialog, said to the house.

import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import { Refused, tell } from "./house";
import { showing, spotsOf } from "./marks";
import { need } from "./page";
import type { Page, Words } from "./page";
import { points } from "./places";

const NEW = "new";
const MARKS = /^\s*(?:(?:#{1,6}|[-*+>]|\d+[.)])\s+)*/;

export interface Place {
  view: EditorView;
  page: Page;
  words: Words;
  /** Wait until all that was written here is in the house; false where that takes too long. */
  calm(): Promise<boolean>;
  done(): void;
}

/** Return what a comment is about: what is chosen, the sentence at the cursor, or its line. */
export function passage(state: EditorState, language: string): [number, number] {
  const { main } = state.selection;
  if (!main.empty) return trimmed(state, main.from, main.to);
  const line = state.doc.lineAt(main.head);
  const begin = line.from + (MARKS.exec(line.text)?.[0].length ?? 0);
  if (!("Segmenter" in Intl)) return trimmed(state, begin, line.to);
  const sentences = new Intl.Segmenter(language, { granularity: "sentence" }).segment(state.sliceDoc(begin, line.to));
  const at = Math.max(0, Math.min(main.head - begin, line.to - begin - 1));
  const found = sentences.containing(at);
  return found ? trimmed(state, begin + found.index, begin + found.index + found.segment.length) : [line.to, line.to];
}

function trimmed(state: EditorState, from: number, to: number): [number, number] {
  const words = state.sliceDoc(from, to);
  const start = from + words.length - words.trimStart().length;
  return [start, Math.max(start, from + words.trimEnd().length)];
}

export function comment(place: Place): void {
  const { view, page } = place;
  const dialog = need<HTMLDialogElement>(document, 'dialog[data-dialog="comment"]');
  const form = need<HTMLFormElement>(dialog, "form");
  const problem = need(dialog, "[data-problem]");
  const quote = need(dialog, "[data-quote]");
  const [from, to] = passage(view.state, page.language);
  const whole = from === to;
  quote.textContent = view.state.sliceDoc(from, to);
  quote.hidden = whole;
  need(dialog, "[data-whole]").hidden = !whole;
  problem.textContent = "";
  const others = (): ReturnType<typeof spotsOf> => spotsOf(view.state).filter((one) => one.id !== NEW);
  if (!whole) view.dispatch(showing([...others(), { id: NEW, kind: "new", from, to }]));
  form.onsubmit = (event) => {
    const answer = new FormData(form, (event as SubmitEvent).submitter);
    if (!answer.get("act")) return; // closed without a word
    event.preventDefault();
    void say(place, answer, whole).then((sentence) => {
      problem.textContent = sentence;
      if (sentence) return;
      form.reset();
      dialog.close();
      place.done();
    });
  };
  dialog.onclose = () => {
    view.dispatch(showing(others()));
    view.focus();
  };
  dialog.showModal();
}

/** Say it; return a sentence where it could not be said. */
async function say({ view, page, words, calm }: Place, answer: FormData, whole: boolean): Promise<string> {
  if (!(await calm())) return words.say("offline");
  const spot = spotsOf(view.state).find((one) => one.id === NEW);
  if (!spot && !whole) return words.say("changed");
  const { doc } = view.state;
  const about: Record<string, string> = spot ? { quote: doc.sliceString(spot.from, spot.to), near: String(points(doc, spot.from)) } : {};
  const said = { comment: String(answer.get("comment") ?? ""), must: answer.get("must") === "yes" ? "yes" : "no" };
  try {
    await tell(`${page.home}talk`, { ...about, ...said });
    return "";
  } catch (error) {
    return (error instanceof Refused && error.message) || words.say("offline");
  }
}
