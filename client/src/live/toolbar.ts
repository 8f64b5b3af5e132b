// The bar of named buttons: pressed by hand or by keyboard; arrows go from one to the next.

import { need } from "./page";

export type Does = Record<string, (button: HTMLButtonElement) => unknown>;

export function toolbar(root: HTMLElement, does: Does): void {
  const bar = need(root, "[data-toolbar]");
  const buttons = (): HTMLButtonElement[] =>
    [...bar.querySelectorAll<HTMLButtonElement>("button")].filter((one) => one.offsetParent !== null);
  bar.addEventListener("mousedown", (event) => {
    // The cursor stays in the text, and so does a phone's keyboard.
    if ((event.target as Element).closest("button")) event.preventDefault();
  });
  bar.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
    if (!button) return;
    if (button.getAttribute("aria-controls")) open(root, button);
    does[button.dataset["do"] ?? ""]?.(button);
  });
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const turned = getComputedStyle(bar).direction === "rtl" ? -step : step;
    const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + turned;
    if (at < 0 || (next === at && event.key !== "Home" && event.key !== "End")) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
  bar.addEventListener("focusin", (event) => stop(bar, event.target as HTMLElement));
  stop(bar, buttons()[0] ?? bar);
}

/** One button of the bar is a stop of the Tab key; the arrows lead to the others. */
function stop(bar: HTMLElement, chosen: HTMLElement): void {
  for (const one of bar.querySelectorAll("button")) one.tabIndex = one === chosen ? 0 : -1;
}

/** Show or hide what a button opens. */
function open(root: HTMLElement, button: HTMLButtonElement): void {
  const part = root.querySelector<HTMLElement>(`#${button.getAttribute("aria-controls")}`);
  if (!part) return;
  const shown = part.classList.toggle("lv-open");
  button.setAttribute("aria-expanded", String(shown));
}

/** Open a dialog and return its form's values, or null where it was closed without an answer. */
export function ask(name: string, fill: Record<string, string> = {}): Promise<FormData | null> {
  const dialog = need<HTMLDialogElement>(document, `dialog[data-dialog="${name}"]`);
  const form = dialog.querySelector("form");
  form?.reset();
  for (const [field, value] of Object.entries(fill)) {
    const input = form?.elements.namedItem(field);
    if (input instanceof HTMLInputElement) input.value = value;
  }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => resolve(dialog.returnValue === "yes" && form ? new FormData(form) : null),
      { once: true },
    );
  });
}
