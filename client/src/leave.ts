// Leave, and what makes it hold. Every link and form works without this file. With it
//   * Leave, or Shift pressed three times, empties the page at once and puts a neutral site in its place in the history;
//   * a page of this house that Back shows again after that is emptied and replaced in the same way, before it is drawn;
//   * on a page that asks for it (data-one), or where the browser keeps nothing for a tab, what is read next takes the
//     place of the page in the history, so that Back leaves the house.
// Nothing is kept but one figure, in the memory of this one tab: how often somebody has left in it. Each page that is
// come to on purpose notes that figure in its own entry; an entry with a smaller one is from before. The browser's list
// of visited pages is not cleared, and the page says so.

const PRESSES = 3;
const WITHIN_MS = 3000;
const KEY = "n";

const root = document.documentElement;
const exit = (document.currentScript as HTMLScriptElement).dataset["exit"] ?? "about:blank";

let kept: Storage | undefined;
try {
  kept = window.sessionStorage;
} catch {
  // The browser was told to keep nothing; then every page takes the place of the one before.
}

const left = (): number => Number(kept?.getItem(KEY));
const alone = (): boolean => !kept || "one" in root.dataset;

function go(): void {
  window.stop();
  root.innerHTML = "<title>\u00a0</title>";
  root.style.background = "#fff";
  window.location.replace(exit);
}

function leave(): void {
  try {
    kept?.setItem(KEY, String(left() + 1));
  } finally {
    go();
  }
}

function shown(again: boolean): void {
  if (again && Number(history.state) < left()) go();
  else root.style.visibility = "";
}

function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!link) return;
  if (link.matches(".leave")) {
    event.preventDefault();
    leave();
  } else if (
    alone() &&
    link.origin === location.origin &&
    !event.defaultPrevented &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download"))
  ) {
    event.preventDefault();
    location.replace(link.href);
  }
}

// The answer to a form is drawn in the place of the page, or else it would be an entry of its own.
async function ask(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (!alone() || event.defaultPrevented || !("asks" in form.dataset)) return;
  event.preventDefault();
  try {
    const words = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(words as never) });
    const page = await answer.text();
    document.open();
    document.write(page);
    document.close();
    scrollTo(0, 0);
  } catch {
    form.submit();
  }
}

let presses: number[] = [];
let single = false;

document.addEventListener("click", follow);
document.addEventListener("submit", ask);
window.addEventListener("keydown", (event) => {
  single = event.key === "Shift";
  if (!single) presses = [];
});
window.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !single) return;
  presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at <= WITHIN_MS);
  if (presses.length >= PRESSES) leave();
});
// A page that a browser keeps whole is hidden when it goes, so that it is not seen for a moment when it comes back.
window.addEventListener("pagehide", () => (root.style.visibility = "hidden"));
window.addEventListener("pageshow", (event) => shown(event.persisted));

const note = (): void => {
  if (left()) history.replaceState(left(), "");
};
window.addEventListener("hashchange", note);
const visit = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
if (visit?.type === "back_forward") shown(true);
else if (visit?.type === "navigate") note();
