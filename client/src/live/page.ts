// What the house tells the live editor by its page, and the words of the screen.

import type { Pen, Picture } from "./frames";

export interface Page {
  socket: string;
  pen: Pen;
  me: { name: string; picture: Picture | null };
  could_check: boolean;
  language: string;
  direction: "ltr" | "rtl";
  nonce: string;
  preview: string;
  /** The address of the text's own page; what is said about it stands below it. */
  home: string;
}

export class Words {
  constructor(private readonly all: Record<string, string>) {}

  /** Say one of the page's sentences, with values in place of its {names}; numbers as the reader writes them. */
  say(key: string, values: Record<string, string | number> = {}): string {
    const whole = this.all[key] ?? "";
    return whole.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
    });
  }
}

export function read(root: HTMLElement): { page: Page; words: Words } {
  const page = JSON.parse(root.dataset["live"] ?? "") as Page;
  return { page, words: new Words(JSON.parse(root.dataset["words"] ?? "{}") as Record<string, string>) };
}

/** Return the one element that answers to `selector`; a page without it is a mistake, and the plain form goes on. */
export function need<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
