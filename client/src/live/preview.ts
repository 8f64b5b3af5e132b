// The text as readers will see it, drawn by the renderer that publishes.

const PAUSE_MS = 700;

export class Preview {
  private timer = 0;
  private busy = false;
  private shown: string | null = null;

  constructor(
    private readonly part: HTMLElement,
    private readonly address: string,
    private readonly text: () => string,
    private readonly failed: string,
  ) {}

  get open(): boolean {
    return !this.part.hidden;
  }

  toggle(on: boolean): void {
    this.part.hidden = !on;
    if (on) void this.draw();
  }

  soon(): void {
    if (!this.open) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.draw(), PAUSE_MS);
  }

  private async draw(): Promise<void> {
    const words = this.text();
    if (this.busy || words === this.shown) return;
    this.busy = true;
    const sheet = this.part.querySelector<HTMLElement>("[data-sheet]");
    const problem = this.part.querySelector<HTMLElement>("[data-problem]");
    let said = "";
    try {
      const answer = await this.ask(words);
      if (answer.html !== undefined && sheet) sheet.innerHTML = answer.html;
      said = answer.error ?? "";
      this.shown = words;
    } catch {
      said = this.failed;
    } finally {
      this.busy = false;
    }
    if (problem && problem.textContent !== said) problem.textContent = said;
    if (this.shown !== null && this.text() !== this.shown) this.soon();
  }

  private async ask(words: string): Promise<{ html?: string; error?: string }> {
    const token = document.querySelector<HTMLInputElement>('input[name="form_token"]')?.value ?? "";
    const body = new FormData();
    body.set("body", words);
    const headers = { Accept: "application/json", "X-Form-Token": token };
    const response = await fetch(this.address, { method: "POST", body, headers });
    return (await response.json()) as { html?: string; error?: string };
  }
}
