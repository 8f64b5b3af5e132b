// The editor on its page: takes the place of the textarea, and gives the buttons something to do.

import type { EditorView } from "@codemirror/view";

import type { Undo } from "./binding";
import { Chooser } from "./chooser";
import * as commands from "./commands";
import { countWords } from "./count";
import { turn } from "./direction";
import type { Way } from "./direction";
import { make, setSpelling } from "./editor";
import type { Actions, History } from "./editor";
import { need } from "./page";
import type { Preview } from "./preview";
import type { Live } from "./start";
import type { Talk } from "./talk";
import { ask, toolbar } from "./toolbar";

const DRAW_MS = 500;
const COUNT_MS = 900;
const WIDE = "(min-width: 80rem)";
const AGREED_MS = 3_000;

export interface Desk {
  view: EditorView;
  undo: Undo;
  actions: Actions;
  changed(): void;
  /** Let the tools work on another text, that of a suggestion, or on the shared one again. */
  use(own: { view: EditorView; history: History } | null): void;
}

export function mount(live: Live, area: HTMLTextAreaElement): Desk {
  const { root, form, page, words, sync } = live;
  const actions: Actions = {
    find: (view) => (void import("./find").then((one) => one.open(view, words)), true),
    save: () => (sync.flush(), true), // as it is typed, too; a hand that is used to it opens no window
    help: () => (void ask("keys"), true),
    link: (view) => (void link(view), true),
    comment: () => (void talk.it?.comment(), true),
    said: () => talk.it?.toCard() ?? false,
    images: (view, files) => void images(live, view, files),
    paste: (view, html, plain, files) => void paste(live, view, html, plain, files),
    composed: () => window.setTimeout(() => sync.release()),
    moved: (typing) => {
      live.presence.act(typing);
      later();
    },
  };
  const { view, undo } = make(sync.text, page, words, actions);
  const chooser = new Chooser(need(root, "[data-sections]"), view, words);
  const talk = { it: null as Talk | null };
  const now = { view, history: undo as History };
  const preview = { it: null as Preview | null };
  let timer = 0;
  let counting = 0;
  const count = (): void => {
    const n = countWords(now.view.state.doc.toString(), page.language);
    need(root, "[data-count]").textContent = words.say("words", { n });
  };
  const later = (): void => {
    window.clearTimeout(counting);
    counting = window.setTimeout(count, COUNT_MS);
    timer ||= window.setTimeout(() => {
      timer = 0;
      chooser.draw(live.presence.sections);
      live.presence.draw();
      preview.it?.soon();
    }, DRAW_MS);
  };
  takePlace(live, area, view);
  toolbar(root, {
    heading: () => commands.heading(now.view),
    bold: () => commands.bold(now.view),
    emphasis: () => commands.emphasis(now.view),
    list: () => commands.list(now.view),
    numbers: () => commands.numbers(now.view),
    quote: () => commands.quote(now.view),
    link: () => link(now.view),
    image: () => image(now.view),
    box: (button) => commands.box(button.dataset["kind"] ?? "note")(now.view),
    footnote: () => commands.footnote(now.view),
    table: () => commands.table(now.view, { first: words.say("column_1"), second: words.say("column_2") }),
    undo: () => (now.history.undo(), now.view.focus()),
    redo: () => (now.history.redo(), now.view.focus()),
    comment: () => void talk.it?.comment(),
    said: () => void talk.it?.toCard(),
    find: () => actions.find(now.view),
    keys: () => ask("keys"),
    preview: (button) => void look(button.getAttribute("aria-pressed") !== "true"),
    spelling: (button) => void spelling(now.view, button),
    direction: (button) => (turn(now.view, button.dataset["way"] as Way, page.direction), pressed(root, button)),
  });
  const look = async (on: boolean): Promise<void> => {
    const part = need(document, "[data-preview]");
    if (!preview.it) {
      const made = await import("./preview");
      preview.it = new made.Preview(part, page.preview, () => now.view.state.doc.toString(), words.say("offline"));
    }
    preview.it.toggle(on);
    form.classList.toggle("lv-previewing", on);
    need(root, '[data-do="preview"]').setAttribute("aria-pressed", String(on));
    if (on && !window.matchMedia(WIDE).matches) part.scrollIntoView({ block: "nearest" });
  };
  if (window.matchMedia(WIDE).matches) void look(true);
  form.addEventListener("image", (event) => {
    event.preventDefault();
    need<HTMLDialogElement>(document, 'dialog[data-dialog="image"]').close();
    commands.ownLine(now.view, (event as CustomEvent<string>).detail);
  });
  leaving(live);
  later();
  chooser.draw(live.presence.sections);
  const desk: Desk = {
    view,
    undo,
    actions,
    changed: () => (later(), talk.it?.settle()),
    use: (own) => (Object.assign(now, own ?? { view, history: undo }), later()),
  };
  void import("./talk").then((one) => (talk.it = new one.Talk(live, desk)));
  return desk;
}

/** From here on the form saves the fields alone, and the text is saved as it is typed. */
function takePlace(live: Live, area: HTMLTextAreaElement, view: EditorView): void {
  const { root, form, page } = live;
  const [start, focused] = [area.selectionStart, document.activeElement === area];
  need(root, "[data-editor]").append(view.dom);
  for (const kind of ["input", "change"]) root.addEventListener(kind, (event) => event.stopPropagation());
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "live", value: "1" });
  form.append(field);
  area.disabled = true;
  need(form, "[data-plain]").hidden = true;
  root.hidden = false;
  const images = document.querySelector("[data-images]");
  if (images) need(document, 'dialog[data-dialog="image"]').append(images);
  form.dispatchEvent(new CustomEvent("live"));
  const question = need(root, "[data-ask]");
  question.hidden = !page.could_check;
  need(question, "[data-agree]").addEventListener("click", () => {
    question.hidden = true;
    live.agreed();
  });
  if (focused) {
    view.dispatch({ selection: { anchor: Math.min(start, view.state.doc.length) } });
    view.focus();
  }
}

/** A button that leads to another page waits until what was typed just now is on the house's disk. */
function leaving({ form, sync }: Live): void {
  let going = false;
  form.addEventListener(
    "submit",
    (event) => {
      if (going || sync.saved) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      sync.flush();
      const button = (event as SubmitEvent).submitter;
      const until = Date.now() + AGREED_MS;
      const again = (): void => {
        if (!sync.saved && Date.now() < until) return void window.setTimeout(again, 50);
        if (!sync.saved) return;
        going = true;
        form.requestSubmit(button);
        going = false;
      };
      again();
    },
    { capture: true },
  );
}

async function link(view: EditorView): Promise<void> {
  const { from, to } = view.state.selection.main;
  const chosen = view.state.sliceDoc(from, to);
  const answer = await ask("link", /^https?:\/\/\S+$/.test(chosen) ? { address: chosen } : { words: chosen });
  const address = String(answer?.get("address") ?? "").trim();
  if (address) commands.link(view, String(answer?.get("words") ?? "").trim(), address);
  else view.focus();
}

async function image(view: EditorView): Promise<void> {
  await ask("image");
  view.focus();
}

async function images(live: Live, view: EditorView, files: File[]): Promise<void> {
  const { putIn } = await import("./pictures");
  const at = view.state.doc.lineAt(view.state.selection.main.head).to;
  await putIn(live, view, files.map((file) => ({ file, alt: "", at })));
}

async function paste(live: Live, view: EditorView, html: string, plain: string, files: File[]): Promise<void> {
  const part = await import("./paste").catch(() => null);
  if (part) return part.paste(live, view, html, plain, files);
  view.dispatch(view.state.replaceSelection(plain), { userEvent: "input.paste", scrollIntoView: true });
}

async function spelling(view: EditorView, button: HTMLButtonElement): Promise<void> {
  const on = button.getAttribute("aria-pressed") === "true";
  if (!on && !(await ask("spelling"))) return;
  setSpelling(view, !on);
  button.setAttribute("aria-pressed", String(!on));
  view.focus();
}

function pressed(root: HTMLElement, chosen: HTMLElement): void {
  for (const one of root.querySelectorAll('[data-do="direction"]')) {
    one.setAttribute("aria-pressed", String(one === chosen));
  }
}
