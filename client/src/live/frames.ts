// Frames: type (1 byte), length of the header (4 bytes, big end first), header (JSON), payload. Over every transport.

export const HELLO = 1;
export const CHANGE = 2;
export const HERE = 3;
export const PING = 4;
export const WELCOME = 11;
export const CHANGED = 12;
export const SAVED = 13;
export const PEOPLE = 14;
export const REFUSED = 15;
export const PONG = 16;
export const HINT = 17;

export type Pen = [number, string];

/** The squares of a drawing, and a class of colour. */
export interface Picture {
  colour: string;
  cells: [number, number][];
}

export interface Person {
  line: string;
  name: string;
  picture: Picture;
  state: "writing" | "reading" | "away";
  section: number;
  /** Two places, of anchor and head, as an array in JSON; only browsers read it. */
  at: string | null;
  tint: number;
}

/** Whatever a header may hold; each reader of a frame takes what belongs to its type. */
export interface Header {
  seq?: number;
  n?: number;
  state?: string;
  write?: boolean;
  why?: string;
  key?: string;
  line?: string;
  people?: Person[];
  sizes?: number[];
  here?: Person[];
  gone?: string[];
  code?: string;
  sentence?: string;
  what?: string;
}

export interface Frame {
  type: number;
  header: Header;
  payload: Uint8Array;
}

const HEAD = 5;
const NOTHING = new Uint8Array(0);

export function encode(type: number, header: object, payload: Uint8Array = NOTHING): Uint8Array<ArrayBuffer> {
  const words = new TextEncoder().encode(JSON.stringify(header));
  const whole = new Uint8Array(HEAD + words.length + payload.length);
  whole[0] = type;
  new DataView(whole.buffer).setUint32(1, words.length);
  whole.set(words, HEAD);
  whole.set(payload, HEAD + words.length);
  return whole;
}

export function decode(bytes: Uint8Array): Frame {
  const end = HEAD + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(1);
  if (end > bytes.length) throw new RangeError("a frame was cut off");
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, end))) as Header;
  return { type: bytes[0] ?? 0, header, payload: bytes.subarray(end) };
}

/** Put frames one after another, each behind its length. */
export function join(frames: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(frames.reduce((sum, one) => sum + 4 + one.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const frame of frames) {
    view.setUint32(at, frame.length);
    whole.set(frame, at + 4);
    at += 4 + frame.length;
  }
  return whole;
}

/** Take apart what `join` of the other side put together. */
export function split(whole: Uint8Array): Frame[] {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  const frames: Frame[] = [];
  for (let at = 0; at + 4 <= whole.length; ) {
    const length = view.getUint32(at);
    frames.push(decode(whole.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return frames;
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
