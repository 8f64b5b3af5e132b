// Pictures that came with a paste or a drop: put in by the same upload as the toolbar's, never fetched from anywhere.

import { Compartment, StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { Refused, tell } from "./house";
import { need } from "./page";
import type { Live } from "./start";
import { ask } from "./toolbar";

const MOST_PX = 320;

export interface Picture {
  file: File;
  /** What it shows, where it says so itself. */
  alt: string;
  /** Where it belongs in the text. */
  at: number;
}

/** Put pictures in one after another; `left` is how many others could not be had. */
export async function putIn(live: Live, view: EditorView, pictures: Picture[], left = 0): Promise<void> {
  const follower = new Compartment();
  const followed = EditorView.updateListener.of(({ docChanged, changes }) => {
    if (docChanged) for (const one of pictures) one.at = changes.mapPos(one.at, 1);
  });
  view.dispatch({ effects: StateEffect.appendConfig.of(follower.of(followed)) });
  const told = { left, worded: 0, failed: 0, why: "" };
  tellOf(live, told);
  const nameless = pictures.filter((one) => !one.alt);
  for (const one of pictures) {
    if (!one.alt && !nameless.includes(one)) continue;
    const line = one.alt ? await sent(live, one, told) : await asked(live, one, nameless);
    if (line && view.dom.isConnected) insert(view, one.at, line);
    if (line && one.alt) told.worded += 1;
    // Who closes the question leaves this one out, and wants no further ones.
    if (line === null) told.left += nameless.splice(nameless.indexOf(one)).length - 1;
  }
  if (!view.dom.isConnected) return;
  view.dispatch({ effects: follower.reconfigure([]) });
  tellOf(live, told);
  view.focus();
}

async function sent(live: Live, { file, alt }: Picture, told: { failed: number; why: string }): Promise<string> {
  const form = need<HTMLFormElement>(document, "[data-images] form");
  try {
    const answer = await tell(form.action, { image: file, alt });
    return String(answer["line"] ?? "");
  } catch (error) {
    told.failed += 1;
    told.why = (error instanceof Refused && error.message) || live.words.say("offline");
    return "";
  }
}

/** Ask what a picture shows, in the toolbar's own dialog; null where the writer closes it. */
async function asked(live: Live, picture: Picture, all: Picture[]): Promise<string | null> {
  const part = need(document, "[data-images]");
  const input = need<HTMLInputElement>(part, 'input[type="file"]');
  const files = new DataTransfer();
  files.items.add(picture.file);
  input.files = files.files;
  const shown = document.createElement("p");
  shown.append(live.words.say("picture_of", { n: all.indexOf(picture) + 1, all: all.length }), await drawing(picture.file));
  need(part, "form").prepend(shown);
  let line: string | null = null;
  const took = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    line = (event as CustomEvent<string>).detail;
    need<HTMLDialogElement>(document, 'dialog[data-dialog="image"]').close();
  };
  live.form.addEventListener("image", took, { capture: true });
  const closed = ask("image");
  need(part, '[name="alt"]').focus();
  await closed;
  live.form.removeEventListener("image", took, { capture: true });
  shown.remove();
  if (line === null) need<HTMLFormElement>(part, "form").reset();
  return line;
}

/** The picture itself, drawn: the page's policy lets no address of another kind be shown. */
async function drawing(file: File): Promise<HTMLCanvasElement> {
  const canvas = document.createElement("canvas");
  canvas.className = "lv-pasted";
  canvas.setAttribute("aria-hidden", "true");
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PX / Math.max(bitmap.width, bitmap.height));
    [canvas.width, canvas.height] = [Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale)];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  } catch {
    canvas.hidden = true; // the house says what is wrong with it
  }
  return canvas;
}

/** Put a line in, with an empty one before and after it. */
function insert(view: EditorView, at: number, line: string): void {
  const { doc } = view.state;
  const newlines = (found: string): string => "\n".repeat(2 - found.length);
  const before = at === 0 ? "" : newlines(/\n*$/.exec(doc.sliceString(Math.max(0, at - 2), at))?.[0] ?? "");
  const after = at === doc.length ? "" : newlines(/^\n*/.exec(doc.sliceString(at, at + 2))?.[0] ?? "");
  view.dispatch({ changes: { from: at, insert: `${before}${line}${after}` }, userEvent: "input.paste" });
}

function tellOf({ root, words }: Live, told: { left: number; worded: number; failed: number; why: string }): void {
  const part = need(root, "[data-pasted]");
  const { left, worded, failed, why } = told;
  const sentences = [
    ...(worded ? [words.say("pictures_worded", { n: worded })] : []),
    ...(left ? [words.say("pictures_left", { n: left })] : []),
    ...(failed ? [words.say("pictures_failed", { n: failed, why })] : []),
  ];
  part.hidden = !sentences.length;
  need(part, "p").textContent = sentences.join(" ");
  need(part, "button").onclick = () => (part.hidden = true);
}
