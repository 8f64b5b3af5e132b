// Asking the house about what is said beside a text, and telling it.

export interface Said {
  author: string;
  text: string;
  at: string;
}

interface Placed {
  id: string;
  /** Code points of the text at `seq`; null for what is about the whole text. */
  start: number | null;
  end: number | null;
}

export interface ThreadTold extends Placed {
  quote: string;
  must: boolean;
  comments: Said[];
  state: "whole" | "attached" | "detached";
  /** Settled from this page just now; it can be opened again. */
  settled?: boolean;
}

export interface HunkTold extends Placed {
  suggestion: string;
  author: string;
  own: boolean;
  note: string;
  old: string;
  new: string;
  state: "open" | "stale";
  pieces: ["same" | "ins" | "del", string][];
  around: [string, string];
  /** What stands there now, with what stands around it. */
  now: [string, string, string];
}

export interface Told {
  seq: number;
  threads: ThreadTold[];
  hunks: HunkTold[];
}

/** A sentence of the house on why something was not done. */
export class Refused extends Error {}

export async function told(home: string): Promise<Told> {
  const response = await fetch(`${home}talk.json`, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new Refused();
  return (await response.json()) as Told;
}

export async function tell(address: string, values: Record<string, string | File>): Promise<Record<string, unknown>> {
  const token = document.querySelector<HTMLInputElement>('input[name="form_token"]')?.value ?? "";
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const headers = { Accept: "application/json", "X-Form-Token": token };
  const response = await fetch(address, { method: "POST", body, headers });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return answer;
  throw new Refused(String(answer["error"] ?? ""));
}
