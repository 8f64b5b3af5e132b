// Keeps what is not saved on this device, and brings back what an earlier page left there.

import * as Y from "yjs";

import { Buffer, canKeep, pack, remove, unpack } from "./buffer";
import { fromBase64 } from "./frames";
import type { Pen } from "./frames";
import type { Sync } from "./sync";

export class Keeper {
  private readonly buffer: Buffer | null;

  constructor(
    text: string,
    private readonly sync: Sync,
    pens: () => Pen[],
  ) {
    const content = () => (this.sync.saved ? null : pack(pens(), Y.encodeStateAsUpdate(this.sync.doc)));
    this.buffer = canKeep ? new Buffer(text, content) : null;
  }

  soon(): void {
    this.buffer?.soon();
  }

  /** Learn the key; return the pens of words that were found, which stand in the text from then on. */
  async unlock(key: string): Promise<Pen[]> {
    if (!this.buffer || this.buffer.unlocked || !key) return [];
    try {
      await this.buffer.unlock(fromBase64(key));
      const found = (await this.buffer.left()).map(({ id, content }) => ({ id, ...unpack(content) }));
      for (const one of found) this.sync.recover(one.update);
      if (this.sync.saved) await Promise.all(found.map((one) => remove(one.id)));
      if (this.sync.saved) return []; // the house has had them all
      // The words are kept under this page's name before they are taken from the old one's.
      if (found.length && (await this.buffer.now())) for (const one of found) await remove(one.id);
      return found.flatMap((one) => one.told as Pen[]);
    } catch {
      return []; // a browser that keeps nothing, such as in a private window
    }
  }
}
