// Leave: the link works without this file. With it the page is emptied at once, its history entry is replaced, and
// pressing Shift three times does the same. It does not clear the browser's history, and the page says so.

const PRESSES = 3;
const WITHIN_MS = 3000;

function leave(address: string): void {
  document.title = "\u00a0";
  document.body.replaceChildren();
  document.documentElement.style.background = "#fff";
  window.location.replace(address);
}

function start(link: HTMLAnchorElement): void {
  let presses: number[] = [];
  let alone = false;

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  window.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) presses = [];
  });
  window.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at <= WITHIN_MS);
    if (presses.length >= PRESSES) leave(link.href);
  });
}

// The one on the page; leaving the studio for good, with signing out, is a form and needs no script.
const link = document.querySelector<HTMLAnchorElement>("a.leave");
if (link) start(link);
