// What Snowball's stemmers stand on: a word, a place in it, and steps forwards and backwards (`_b`).
// Their own part comes with the export, turned into JavaScript from the version that made its index.

/** Letters: as a set, or one after the other. */
type Group = Set<string> | string;
type Entry = [form: string, result: number, method?: string];

export class Base {
  current = "";
  cursor = 0;
  limit = 0;
  limit_backward = 0;
  bra = 0;
  ket = 0;

  stem(word: string): string {
    this.current = word;
    this.cursor = this.limit_backward = this.bra = 0;
    this.limit = this.ket = word.length;
    (this as unknown as { _stem: () => boolean })._stem();
    return this.current;
  }

  in_grouping(group: Group): boolean {
    return this.step(group, true);
  }

  out_grouping(group: Group): boolean {
    return this.step(group, false);
  }

  in_grouping_b(group: Group): boolean {
    return this.stepBack(group, true);
  }

  out_grouping_b(group: Group): boolean {
    return this.stepBack(group, false);
  }

  /** Go on while the letters are of the group; false where the word ends first. */
  go_in_grouping(group: Group): boolean {
    while (this.step(group, true));
    return this.cursor < this.limit;
  }

  go_out_grouping(group: Group): boolean {
    while (this.step(group, false));
    return this.cursor < this.limit;
  }

  go_in_grouping_b(group: Group): boolean {
    while (this.stepBack(group, true));
    return this.cursor > this.limit_backward;
  }

  go_out_grouping_b(group: Group): boolean {
    while (this.stepBack(group, false));
    return this.cursor > this.limit_backward;
  }

  eq_s(form: string): boolean {
    const there = this.begins(form);
    if (there) this.cursor += form.length;
    return there;
  }

  eq_s_b(form: string): boolean {
    const there = this.ends(form);
    if (there) this.cursor -= form.length;
    return there;
  }

  find_among(entries: Entry[]): number {
    const from = this.cursor;
    return this.longest(entries, (form) => this.begins(form), (form) => from + form.length);
  }

  find_among_b(entries: Entry[]): number {
    const from = this.cursor;
    return this.longest(entries, (form) => this.ends(form), (form) => from - form.length);
  }

  slice_from(form: string): void {
    this.replace(this.bra, this.ket, form);
    this.ket = this.bra + form.length;
  }

  slice_del(): void {
    this.slice_from("");
  }

  private step(group: Group, inside: boolean): boolean {
    if (this.cursor >= this.limit || holds(group, this.current[this.cursor]) !== inside) return false;
    this.cursor += 1;
    return true;
  }

  private stepBack(group: Group, inside: boolean): boolean {
    if (this.cursor <= this.limit_backward || holds(group, this.current[this.cursor - 1]) !== inside) return false;
    this.cursor -= 1;
    return true;
  }

  private begins(form: string): boolean {
    return this.cursor + form.length <= this.limit && this.current.startsWith(form, this.cursor);
  }

  private ends(form: string): boolean {
    const start = this.cursor - form.length;
    return start >= this.limit_backward && this.current.startsWith(form, start);
  }

  /** Return the result of the longest entry that stands here and, where it asks a method, whose method agrees. */
  private longest(entries: Entry[], stands: (form: string) => boolean, after: (form: string) => number): number {
    const here = entries.filter(([form]) => stands(form)).sort((one, two) => two[0].length - one[0].length);
    for (const [form, result, method] of here) {
      this.cursor = after(form);
      if (!method) return result;
      const agrees = (this as unknown as Record<string, () => boolean>)[method]?.call(this);
      this.cursor = after(form);
      if (agrees) return result;
    }
    return 0;
  }

  private replace(start: number, end: number, form: string): void {
    const longer = form.length - (end - start);
    this.current = this.current.slice(0, start) + form + this.current.slice(end);
    this.limit += longer;
    if (this.cursor >= end) this.cursor += longer;
    else if (this.cursor > start) this.cursor = start;
  }
}

function holds(group: Group, letter = ""): boolean {
  return typeof group === "string" ? group.includes(letter) : group.has(letter);
}
