// Words that the house does not have yet, kept on this device: encrypted with a key that the house hands out after
// sign-in, so that a tab that was killed loses nothing and a found phone shows nothing. Signing out removes them.

export const NAME = "studio-live";
const STORE = "unsaved";
const PAUSE_MS = 300;
const OLDEST_MS = 30 * 24 * 60 * 60 * 1000;

interface Row {
  id: string;
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Found {
  id: string;
  at: number;
  content: Bytes;
}

/** Browsers encrypt on encrypted pages and on this very machine alone; elsewhere nothing is kept. */
export const canKeep = window.isSecureContext && "indexedDB" in window;

/** One record, this page's own; while the page lives it holds a lock of the same name. */
export class Buffer {
  private readonly id = crypto.randomUUID();
  private key: CryptoKey | null = null;
  private wiped = false;
  private timer = 0;
  private stored = false;
  private row = Promise.resolve(true);

  constructor(
    private readonly kind: string,
    private readonly content: () => Bytes | null,
  ) {
    void navigator.locks?.request(lock(this.id), () => new Promise(() => undefined));
    document.addEventListener("visibilitychange", () => document.hidden && this.now());
    window.addEventListener("pagehide", () => this.now());
    // This device was wiped from another tab: from then on this page leaves nothing on it either.
    new BroadcastChannel(NAME).addEventListener("message", () => {
      this.wiped = true;
      this.key = null;
    });
  }

  /** Learn the key; words written before it was known can be kept from now on. */
  async unlock(bytes: Bytes): Promise<void> {
    this.key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  get unlocked(): boolean {
    return this.wiped || this.key !== null;
  }

  soon(): void {
    this.timer ||= window.setTimeout(() => this.now(), PAUSE_MS);
  }

  /** Store what is not saved, or remove the record where everything is; one after another. Say whether that was done. */
  now(): Promise<boolean> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.row = this.row.then(() => this.store()).then(
      () => true,
      () => false,
    );
    return this.row;
  }

  /** Return what pages that are gone have left of this kind. */
  async left(): Promise<Found[]> {
    const found: Found[] = [];
    for (const row of await all()) {
      if (row.id === this.id || (await alive(row.id))) continue;
      const content = await this.open(row);
      if (content) found.push({ id: row.id, at: row.at, content });
      else if (Date.now() - row.at > OLDEST_MS) await remove(row.id);
    }
    return found;
  }

  private async store(): Promise<void> {
    const content = this.content();
    if (!content) {
      if (this.stored) await remove(this.id);
      this.stored = false;
    } else if (this.key) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const box = await crypto.subtle.encrypt(this.sealed(iv), this.key, content);
      const row: Row = { id: this.id, at: Date.now(), iv, box };
      await inStore("readwrite", (store) => store.put(row));
      this.stored = true;
    }
  }

  private async open(row: Row): Promise<Bytes | null> {
    if (!this.key) return null;
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.sealed(row.iv), this.key, row.box));
    } catch {
      return null; // of another kind, another text's or another member's
    }
  }

  /** What it is of is part of the seal: a record opens for its own text alone, and does not name it. */
  private sealed(iv: Bytes): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.kind) };
  }
}

export async function remove(id: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(id));
}

function all(): Promise<Row[]> {
  return inStore("readonly", (store) => store.getAll() as IDBRequest<Row[]>);
}

async function alive(id: string): Promise<boolean> {
  if (!navigator.locks) return false;
  return navigator.locks.request(lock(id), { ifAvailable: true }, (free) => free === null);
}

function lock(id: string): string {
  return `${NAME} ${id}`;
}

/** Put what can be said in words and an update of the document into one record. */
export function pack(told: unknown, update: Uint8Array): Bytes {
  const words = new TextEncoder().encode(JSON.stringify(told));
  const whole = new Uint8Array(4 + words.length + update.length);
  new DataView(whole.buffer).setUint32(0, words.length);
  whole.set(words, 4);
  whole.set(update, 4 + words.length);
  return whole;
}

/** Take apart what `pack` put together. */
export function unpack(content: Bytes): { told: unknown; update: Bytes } {
  const end = 4 + new DataView(content.buffer).getUint32(0);
  return { told: JSON.parse(new TextDecoder().decode(content.subarray(4, end))), update: content.subarray(end) };
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no store"));
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error("not stored"));
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
    });
  } finally {
    database.close();
  }
}
