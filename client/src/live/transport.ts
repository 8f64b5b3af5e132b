// Two ways for the same frames: a WebSocket, or events from the house and posts to it where sockets are blocked.

import { decode, encode, fromBase64, HELLO, join, split, WELCOME } from "./frames";
import type { Frame, Pen } from "./frames";

export interface Hello {
  v: 1;
  pens: Pen[];
  state: string;
  quiet: boolean;
}

export interface Ears {
  heard(frame: Frame): void;
  closed(code: number): void;
}

export interface Transport {
  send(frame: Uint8Array): void;
  close(): void;
}

/** Codes that both transports use: 4000 + the status of an ordinary answer. */
const BY_STATUS = new Set([401, 403, 404, 409]);
export const LOST = 1006;

export function bySocket(address: string, hello: Hello, ears: Ears): Transport {
  const url = new URL(address, window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  let over = false;
  const end = (code: number): void => {
    if (over) return;
    over = true;
    ears.closed(code);
  };
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => socket.send(encode(HELLO, hello)));
  socket.addEventListener("close", (event) => end(event.code));
  socket.addEventListener("message", (event) => {
    if (!over && event.data instanceof ArrayBuffer) ears.heard(decode(new Uint8Array(event.data)));
  });
  return {
    send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(frame as Uint8Array<ArrayBuffer>),
    close: () => {
      over = true;
      socket.close();
    },
  };
}

export function byEvents(address: string, hello: Hello, ears: Ears): Transport {
  const stop = new AbortController();
  // Words that were found again were written with other pens than this page's own.
  const pens = hello.pens.map((pen) => pen.join(".")).join(",");
  let line = "";
  let waiting: Uint8Array[] = [];
  let posting = false;
  let over = false;
  const end = (code: number): void => {
    if (over) return;
    over = true;
    stop.abort();
    ears.closed(code);
  };
  const took = (frame: Frame): void => {
    if (over) return;
    if (frame.type === WELCOME) line = frame.header.line ?? "";
    ears.heard(frame);
    void post();
  };
  const post = async (): Promise<void> => {
    if (posting || !line || !waiting.length || over) return;
    posting = true;
    const frames = waiting;
    waiting = [];
    try {
      const headers = { "X-Pen": pens, "X-Line": line, "Content-Type": "application/octet-stream" };
      const token = document.querySelector<HTMLInputElement>('input[name="form_token"]')?.value ?? "";
      const answer = await fetch(`${address}/send`, {
        method: "POST",
        headers: { ...headers, "X-Form-Token": token },
        body: join(frames),
        signal: stop.signal,
      });
      if (!answer.ok) return end(codeOf(answer.status));
      split(new Uint8Array(await answer.arrayBuffer())).forEach(took);
    } catch {
      end(LOST);
    } finally {
      posting = false;
      void post();
    }
  };
  void listen(address, hello, stop.signal, took).then(end, () => end(LOST));
  return {
    send: (frame) => {
      waiting.push(frame);
      void post();
    },
    close: () => {
      over = true;
      stop.abort();
    },
  };
}

/** Read events until the house ends them, and return the code that it gave. */
async function listen(address: string, hello: Hello, signal: AbortSignal, took: (frame: Frame) => void): Promise<number> {
  const pen = hello.pens[0] ?? [0, ""];
  const state = hello.state.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const query = new URLSearchParams({ pen: String(pen[0]), token: pen[1], state, quiet: hello.quiet ? "1" : "0" });
  const answer = await fetch(`${address}/events?${query}`, { headers: { Accept: "text/event-stream" }, signal });
  if (!answer.ok || !answer.body) return codeOf(answer.status);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return LOST;
    const parts = (rest + value.replace(/\r\n/g, "\n")).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const lines = part.split("\n");
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
      if (lines.some((line) => /^event:\s*close$/.test(line))) return Number(data[0]) || LOST;
      if (data.length) took(decode(fromBase64(data.join(""))));
    }
  }
}

function codeOf(status: number): number {
  return BY_STATUS.has(status) ? 4000 + status : LOST;
}

/** Whether an ordinary request is answered, so that only sockets are in trouble. */
export async function reachable(): Promise<boolean> {
  try {
    const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store", redirect: "manual" });
    return answer.status < 500;
  } catch {
    return false;
  }
}

