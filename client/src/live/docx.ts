// A Word file as Markdown: its words, headings, lists, tables, links and notes. Comments and pictures stay out.

import mammoth from "mammoth";

import { toMarkdown } from "./paste";

/** Letters that no text holds stand for the brackets of a note until everything else is written. */
const [OPEN, SHUT] = ["\ue000", "\ue001"];
const NOTE = /^(?:.*-)?(?:foot|end)note-\d+$/;

/** `first` is the number of the first note, for a text that may have some already. */
export async function fromDocx(file: Blob, first: number): Promise<string> {
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: "" }));
  const { value } = await mammoth.convertToHtml({ arrayBuffer: await file.arrayBuffer() }, { convertImage });
  const body = new DOMParser().parseFromString(value, "text/html").body;
  const numbers = new Map<string, number>();
  const sign = (name: string): string => {
    if (!numbers.has(name)) numbers.set(name, first + numbers.size);
    return `${OPEN}${numbers.get(name)}${SHUT}`;
  };
  for (const link of body.querySelectorAll("a[href^='#']")) {
    const name = (link.getAttribute("href") ?? "").slice(1);
    if (NOTE.test(name)) (link.closest("sup") ?? link).replaceWith(sign(name));
    else if (!link.textContent?.includes("↑")) link.replaceWith(...link.childNodes);
    else link.remove();
  }
  for (const item of body.querySelectorAll("li[id]")) {
    if (!NOTE.test(item.id)) continue;
    const note = document.createElement("p");
    note.textContent = `${sign(item.id)}: ${(item.textContent ?? "").replace(/↑/g, "").trim()}`;
    body.append(note);
    item.remove();
  }
  const written = toMarkdown(body.innerHTML);
  return written.replace(new RegExp(`${OPEN}(.+?)${SHUT}`, "g"), "[^$1]");
}
