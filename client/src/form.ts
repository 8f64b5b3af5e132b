// Writing: saves by itself, says so, and helps with marks and images. Everything on the page works without this file;
// nothing is kept in the browser.

const PAUSE_MS = 3_000;
const LONGEST_MS = 20_000;
const RETRY_MS = 10_000;

type Words = "saved" | "unsaved" | "offline";
interface Answer {
  seq: number;
  digest: string;
  about: string;
  text_changed: boolean;
  error?: string;
}

class Writing {
  private changes = 0;
  private sentChanges = 0;
  private firstUnsaved = 0;
  private timer = 0;
  private sending: AbortController | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly state: HTMLElement,
    private readonly meanwhile: HTMLElement,
  ) {
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.leaving());
    window.addEventListener("online", () => this.unsaved && this.send());
    // Leave empties the page first, and goes without a question.
    window.addEventListener("beforeunload", (event) => this.unsaved && form.isConnected && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.unsaved && this.send());
    // A page that comes back from the browser's memory goes on counting, so that it is not taken for an old message.
    window.addEventListener("pageshow", (event) => event.persisted && this.changed());
  }

  /** Whether the text is saved as it is typed, and this form keeps its fields alone. */
  private get live(): boolean {
    return this.form.elements.namedItem("live") !== null;
  }

  private get unsaved(): boolean {
    return this.changes !== this.sentChanges;
  }

  private changed(): void {
    const now = Date.now();
    if (!this.unsaved) this.firstUnsaved = now;
    this.changes += 1;
    this.say("unsaved");
    this.wait(Math.max(0, Math.min(PAUSE_MS, this.firstUnsaved + LONGEST_MS - now)));
  }

  private wait(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), ms);
  }

  private leaving(): void {
    window.clearTimeout(this.timer);
    this.sending?.abort();
    this.sentChanges = this.changes;
    this.count();
  }

  private async send(): Promise<void> {
    if (this.sending) return this.wait(PAUSE_MS);
    const upTo = this.changes;
    this.sending = new AbortController();
    this.count();
    try {
      const response = await post(this.form, this.form.action, new FormData(this.form), this.sending.signal);
      const answer = (await response.json()) as Answer;
      if (response.ok) this.took(answer, upTo);
      else this.refused(answer.error);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) {
        this.say("offline");
        this.wait(RETRY_MS);
      }
    } finally {
      this.sending = null;
    }
  }

  private took(answer: Answer, upTo: number): void {
    this.sentChanges = upTo;
    this.firstUnsaved = Date.now();
    if (answer.about) this.set("base_about", answer.about);
    this.meanwhile.hidden = !answer.text_changed;
    // Where others wrote, this page goes on from what it has itself; the house knows what it has sent.
    if (!answer.text_changed) {
      this.set("base_seq", String(answer.seq));
      this.set("base_digest", answer.digest);
    }
    if (!this.unsaved) this.say("saved");
  }

  private refused(why = ""): void {
    this.say("unsaved", why);
  }

  private count(): void {
    this.set("base_count", String(Number(this.field("base_count").value) + 1));
  }

  private set(name: string, value: string): void {
    this.field(name).value = value;
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private say(words: Words, why = ""): void {
    const said = this.form.dataset[words] ?? "";
    const whole = why ? `${said}. ${why}` : said;
    if (this.state.textContent !== whole) this.state.textContent = whole;
    this.state.dataset["state"] = words;
    // Where the text itself is saved as it is typed, one sentence speaks for both; a refusal is still said here.
    this.state.classList.toggle("visually-hidden", this.live && !why);
    this.form.dispatchEvent(new CustomEvent("fields", { detail: words }));
  }
}

function post(form: HTMLFormElement, address: string, body: FormData, signal?: AbortSignal): Promise<Response> {
  const token = form.querySelector<HTMLInputElement>('input[name="form_token"]')?.value ?? "";
  const headers = { Accept: "application/json", "X-Form-Token": token };
  return fetch(address, { method: "POST", body, headers, signal: signal ?? null, credentials: "same-origin" });
}

/** Type into the text as if by hand, so that the browser's own undo takes it back. */
function type(area: HTMLTextAreaElement, words: string): void {
  area.focus();
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function mark(area: HTMLTextAreaElement, kind: string, words: string): void {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const fresh = start === 0 || value[start - 1] === "\n";
  if (kind === "link") return type(area, `[${chosen || words}](https://)`);
  const lines = (chosen || words).split("\n");
  const begin = fresh ? "" : "\n\n";
  if (kind === "heading") return type(area, `${begin}## ${lines.join(" ")}\n\n`);
  if (kind === "list") return type(area, `${begin}${lines.map((line) => `- ${line}`).join("\n")}\n`);
  return type(area, `${begin}::: ${kind}\n${lines.join("\n")}\n:::\n\n`);
}

function tools(bar: HTMLElement, area: HTMLTextAreaElement): void {
  bar.hidden = false;
  for (const button of bar.querySelectorAll<HTMLButtonElement>("button[data-mark]")) {
    button.addEventListener("click", () => mark(area, button.dataset["mark"] ?? "", button.dataset["words"] ?? "…"));
  }
}

function counts(sign: HTMLElement, form: HTMLFormElement): void {
  const field = form.elements.namedItem(sign.dataset["counts"] ?? "") as HTMLTextAreaElement;
  const most = Number(sign.dataset["most"]);
  const tell = (): void => {
    const left = most - [...field.value.trim().replace(/\s+/g, " ")].length;
    const words = (left < 0 ? form.dataset["over"] : form.dataset["left"]) ?? "";
    sign.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    sign.classList.toggle("over", left < 0);
  };
  field.addEventListener("input", tell);
  tell();
}

function images(part: HTMLElement, area: HTMLTextAreaElement, form: HTMLFormElement): void {
  const own = part.querySelector("form");
  const said = part.querySelector<HTMLElement>("[role=status]");
  if (!own || !said) return;
  part.hidden = false;
  own.addEventListener("submit", (event) => {
    event.preventDefault();
    void (async () => {
      try {
        const response = await post(form, own.action, new FormData(own));
        const answer = (await response.json()) as { line?: string; error?: string };
        said.textContent = answer.error ?? "";
        if (!answer.line) return;
        own.reset();
        const taken = new CustomEvent("image", { detail: answer.line, cancelable: true });
        if (!form.dispatchEvent(taken)) return;
        const at = area.selectionEnd;
        area.setSelectionRange(at, at);
        type(area, `\n\n${answer.line}\n\n`);
      } catch {
        said.textContent = form.dataset["offline"] ?? "";
      }
    })();
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-writing]");
const area = form?.elements.namedItem("body");
const state = document.querySelector<HTMLElement>("[data-state]");
const meanwhile = document.querySelector<HTMLElement>("[data-meanwhile]");
if (form && area instanceof HTMLTextAreaElement && state && meanwhile) {
  new Writing(form, state, meanwhile);
  const bar = document.querySelector<HTMLElement>("[data-tools]");
  if (bar) tools(bar, area);
  for (const sign of form.querySelectorAll<HTMLElement>("[data-counts]")) counts(sign, form);
  const part = document.querySelector<HTMLElement>("[data-images]");
  if (part) images(part, area, form);
}
