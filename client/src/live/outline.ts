// The headings of a text, and the part of it that stands under each.

export interface Section {
  /** Where the section begins and ends in the text; the end is the start of the next one's heading. */
  from: number;
  to: number;
  level: number;
  title: string;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Return the sections in order; the first one is what stands before any heading, and may be empty. */
export function sections(lines: Iterable<string>): Section[] {
  const found: Section[] = [{ from: 0, to: 0, level: 0, title: "" }];
  let at = 0;
  let fence = "";
  for (const line of lines) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (mark && !fence) fence = mark;
    else if (mark && mark.startsWith(fence) && !line.trim().slice(mark.length)) fence = "";
    const heading = fence ? null : HEADING.exec(line);
    if (heading) {
      (found[found.length - 1] as Section).to = at;
      found.push({ from: at, to: at, level: heading[1]?.length ?? 1, title: (heading[2] ?? "").replace(/[*_`]/g, "") });
    }
    at += line.length + 1;
  }
  (found[found.length - 1] as Section).to = Math.max(0, at - 1);
  return found;
}

/** Return the index of the section in which `offset` lies. */
export function sectionAt(all: Section[], offset: number): number {
  let index = 0;
  while (index + 1 < all.length && (all[index + 1] as Section).from <= offset) index += 1;
  return index;
}
