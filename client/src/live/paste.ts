// What was copied from a web page or a word processor, as clean Markdown: words, headings, lists, links, tables.

import type { EditorView } from "@codemirror/view";
import TurndownService from "turndown";

import { putIn } from "./pictures";
import type { Live } from "./start";

const GONE = ["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "form", "button", "title"];
const EMOJI = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]*$/u;
/** A picture of these kinds can be drawn anew by the house. */
const READABLE = /^data:(image\/(?:png|jpeg|webp|gif));base64,(.+)$/is;
/** Smaller ones are there to count readers, or to keep a place. */
const LEAST_BYTES = 128;
/** Where a picture stood among the words, by its number: two signs that no text has. */
const PLACE = /\ue000(\d+)\ue001/g;

function service(): TurndownService {
  const made = new TurndownService({
    headingStyle: "atx",
    hr: "---",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
    strongDelimiter: "**",
  });
  made.remove(GONE as (keyof HTMLElementTagNameMap)[]);
  made.addRule("item", {
    filter: "li",
    replacement: (content, node) => {
      const own = (node as HTMLElement).parentElement;
      const place = own ? [...own.children].indexOf(node as HTMLElement) : 0;
      const sign = own?.nodeName === "OL" ? `${Number(own.getAttribute("start") ?? 1) + place}. ` : "- ";
      const words = content.trim().replace(/\n{3,}/g, "\n\n").replace(/\n/g, `\n${" ".repeat(sign.length)}`);
      return `${sign}${words}\n`;
    },
  });
  made.addRule("table", { filter: "table", replacement: (_, node) => table(node as HTMLTableElement, made) });
  made.addRule("link", {
    filter: (node) => node.nodeName === "A",
    replacement: (content, node) => {
      const address = (node as HTMLElement).getAttribute("href") ?? "";
      const words = content.trim();
      return /^https?:\/\//i.test(address) && words.replace(PLACE, "") ? `[${words}](${address.replace(/[()\s]/g, encodeURIComponent)})` : content;
    },
  });
  return made;
}

function table(node: HTMLTableElement, made: TurndownService): string {
  const rows = [...node.rows].map((row) =>
    [...row.cells].map((cell) => made.turndown(cell.innerHTML).replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|").trim()),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) return `\n\n${rows.map((row) => row.join(" ")).join("\n\n")}\n\n`;
  const line = (cells: string[]): string => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`;
  const [head = [], ...others] = rows;
  return `\n\n${[line(head), `|${" --- |".repeat(width)}`, ...others.map(line)].join("\n")}\n\n`;
}

/** Word processors write bold as a style, lists as paragraphs with a dot, and whole pages around a word. */
function tidy(html: string): HTMLElement {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const one of body.querySelectorAll<HTMLElement>("span, b, i, font")) {
    // Read as written: the page's policy keeps styles from taking effect.
    const style = one.getAttribute("style") ?? "";
    const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1] ?? "";
    const heavy = weight === "bold" || Number(weight) >= 600;
    if (one.nodeName === "B" && weight && !heavy) unwrap(one);
    else if (one.nodeName !== "B" && heavy && one.textContent?.trim()) rename(one, "strong");
    else if (one.nodeName !== "I" && /font-style:\s*italic/i.test(style) && one.textContent?.trim()) rename(one, "em");
  }
  for (const one of body.querySelectorAll<HTMLElement>("p[class*=MsoListParagraph], p[style*='mso-list']")) listed(one);
  for (const one of body.querySelectorAll("h1")) rename(one, "h2");
  return body;
}

function listed(paragraph: HTMLElement): void {
  const mark = /^\s*([·•o§▪-]|\d+[.)])\s+/.exec(paragraph.textContent ?? "")?.[1] ?? "";
  if (!mark) return;
  for (const one of paragraph.querySelectorAll("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) one.remove();
  const kind = /^\d/.test(mark) ? "ol" : "ul";
  const item = document.createElement("li");
  item.append(...paragraph.childNodes);
  const before = paragraph.previousElementSibling;
  const own = before?.nodeName === kind.toUpperCase() && before.hasAttribute("data-listed") ? before : document.createElement(kind);
  own.setAttribute("data-listed", "");
  own.append(item);
  if (own === before) paragraph.remove();
  else paragraph.replaceWith(own);
}

function rename(node: Element, name: string): void {
  const made = document.createElement(name);
  made.append(...node.childNodes);
  node.replaceWith(made);
}

function unwrap(node: Element): void {
  node.replaceWith(...node.childNodes);
}

interface Image {
  file: File;
  alt: string;
}

/** Take the pictures out of a copy, with a sign in the place of each that can be had; count the others. */
function pictures(body: HTMLElement, files: File[]): { had: Image[]; left: number } {
  const elsewhere: HTMLImageElement[] = [];
  const had: (Image & { node: HTMLImageElement })[] = [];
  for (const node of body.querySelectorAll("img")) {
    const alt = (node.getAttribute("alt") ?? "").replace(/\s+/g, " ").trim();
    const file = decoded(node.getAttribute("src") ?? "");
    const size = ["width", "height"].map((name) => parseInt(node.getAttribute(name) ?? "", 10));
    if (EMOJI.test(alt)) node.replaceWith(alt);
    else if (file && file.size >= LEAST_BYTES) had.push({ node, file, alt });
    else if (size.some((one) => one <= 1)) continue;
    else if (!file || node.hasAttribute("data-src") || node.hasAttribute("srcset")) elsewhere.push(node);
  }
  // A program that gives the files as well gives one for each; any other number is a picture of the whole copy.
  const matched = elsewhere.length && files.length === elsewhere.length;
  if (matched) elsewhere.forEach((node, index) => had.push({ node, file: files[index] as File, alt: (node.alt ?? "").trim() }));
  const order = [...body.querySelectorAll("img")];
  had.sort((one, other) => order.indexOf(one.node) - order.indexOf(other.node));
  had.forEach(({ node }, index) => node.replaceWith(`\ue000${index}\ue001`));
  for (const node of body.querySelectorAll("img")) node.remove();
  return { had, left: matched ? 0 : elsewhere.length };
}

function decoded(address: string): File | null {
  const [, type = "", letters = ""] = READABLE.exec(address) ?? [];
  if (!letters) return null;
  try {
    const bytes = Uint8Array.from(atob(decodeURIComponent(letters)), (letter) => letter.charCodeAt(0));
    return new File([bytes], `image.${type.split("/")[1]}`, { type });
  } catch {
    return null;
  }
}

/** The words without the signs, and the end of the block in or after which each picture stood. */
function parted(written: string): { words: string; places: number[] } {
  const blocks: string[] = [];
  const places: number[] = [];
  let end = 0;
  for (const block of written.split(/\n{2,}/)) {
    const words = block.replace(PLACE, "").replace(/[ \t]+$/gm, "");
    if (words.trim()) end += (blocks.push(words) > 1 ? 2 : 0) + words.length;
    for (const [, number] of block.matchAll(PLACE)) places[Number(number)] = end;
  }
  return { words: blocks.join("\n\n"), places };
}

/** Paste a copy: its words at once, its pictures as they are put in. */
export async function paste(live: Live, view: EditorView, html: string, plain: string, files: File[]): Promise<void> {
  const body = tidy(html);
  const { had, left } = pictures(body, files);
  const written = service().turndown(body).replace(/\u00a0/g, " ").replace(/[ \t]+$/gm, "").trim();
  const { words, places } = parted(written);
  const { from } = view.state.selection.main;
  view.dispatch(view.state.replaceSelection(words || (had.length ? "" : plain)), { userEvent: "input.paste", scrollIntoView: true });
  const images = had.length || words || left ? had : files.map((file) => ({ file, alt: "" }));
  await putIn(live, view, images.map(({ file, alt }, index) => ({ file, alt, at: from + (places[index] ?? 0) })), left);
}
