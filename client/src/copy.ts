// A button that copies what stands in a text to copy. Without this file the text is there to be selected.

const SHOWN_MS = 2000;

function add(text: HTMLTextAreaElement): void {
  const button = document.createElement("button");
  const words = text.dataset["copy"] ?? "";
  button.type = "button";
  button.className = "button plain";
  button.textContent = words;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    text.select();
    button.focus();
    void navigator.clipboard.writeText(text.value).then(() => {
      button.textContent = text.dataset["copied"] ?? words;
      window.setTimeout(() => (button.textContent = words), SHOWN_MS);
    });
  });
  const line = document.createElement("p");
  line.append(button);
  text.after(line);
}

// Clipboards are only there on https and on this very machine.
if ("clipboard" in navigator) {
  document.querySelectorAll<HTMLTextAreaElement>("textarea[data-copy]").forEach(add);
}
