// What was copied from a web page or a word processor, as clean Markdown: words, headings, lists, links, tables.

import TurndownService from "turndown";

const GONE = ["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "form", "button", "img", "title"];

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
      return /^https?:\/\//i.test(address) && words ? `[${words}](${address.replace(/[()\s]/g, encodeURIComponent)})` : content;
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

export function toMarkdown(html: string): string {
  const written = service().turndown(tidy(html));
  return written.replace(/\u00a0/g, " ").replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
