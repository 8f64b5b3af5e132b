// A suggestion that was not sent yet, kept on this device, and brought to the text as it is when a page opens again.

import { ChangeSet, Text } from "@codemirror/state";
import * as Y from "yjs";

import { changesOf } from "./binding";
import { Buffer, canKeep, pack, remove, unpack } from "./buffer";
import type { Found } from "./buffer";
import { fromBase64 } from "./frames";

/** What is suggested of a text as it is in this moment, and why. */
export interface Draft {
  mine: ChangeSet;
  note: string;
}

/** What an earlier page left: a draft for the text as it is now, or all its words where it no longer fits. */
export interface Left {
  id: string;
  note: string;
  mine: ChangeSet | null;
  words: string;
}

export class Unsent {
  private readonly buffer: Buffer | null;

  constructor(
    text: string,
    private readonly doc: Y.Doc,
    draft: () => Draft | null,
  ) {
    const content = () => {
      const made = draft();
      return made && pack({ mine: made.mine.toJSON(), note: made.note }, Y.encodeStateAsUpdate(doc));
    };
    this.buffer = canKeep ? new Buffer(`${text} suggestion`, content) : null;
  }

  soon(): void {
    this.buffer?.soon();
  }

  now(): Promise<boolean> {
    return this.buffer?.now() ?? Promise.resolve(false);
  }

  /** Learn the key and return the last suggestion that was left; earlier ones wait for a later page. */
  async unlock(key: string): Promise<Left | null> {
    if (!this.buffer || !key) return null;
    try {
      await this.buffer.unlock(fromBase64(key));
      void this.buffer.now(); // what was written before the key was known
      const found = (await this.buffer.left()).sort((one, other) => other.at - one.at)[0];
      return found ? this.brought(found) : null;
    } catch {
      return null; // a browser that keeps nothing, such as in a private window
    }
  }

  /** Forget what an earlier page left, once it is kept under this page's name or nobody wants it. */
  forget(id: string): Promise<void> {
    return remove(id);
  }

  /** Carry a suggestion over what others have written since. */
  private brought({ id, content }: Found): Left {
    const { told, update } = unpack(content);
    const { mine, note } = told as { mine: unknown; note: string };
    const own = ChangeSet.fromJSON(mine);
    const before = new Y.Doc();
    Y.applyUpdate(before, update);
    const text = before.getText("body");
    const words = own.apply(Text.of(text.toString().split("\n"))).toString();
    let theirs = ChangeSet.empty(text.length);
    text.observe(({ delta }) => {
      theirs = theirs.compose(ChangeSet.of(changesOf(delta), theirs.newLength, "\n"));
    });
    Y.applyUpdate(before, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(before)));
    // Only where the text grew out of the one that was kept is it known where each word belongs.
    const grown = text.toString() === this.doc.getText("body").toString();
    return { id, note, mine: grown ? own.map(theirs) : null, words };
  }
}
