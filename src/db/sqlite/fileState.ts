import { type BigIntStats, statSync } from 'node:fs';
import { StoreError } from '../../domain/errors.ts';

/** Whether the file of an open store is still the one that was opened, and whole. */
export class FileState {
  readonly #path: string;
  readonly #opened: BigIntStats | undefined;
  #damage: StoreError | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#opened = this.#stat();
  }

  /** To be called with each error of a query: once a page was found damaged, the store is not ready. */
  readonly note = (error: unknown): void => {
    if (error instanceof StoreError && error.code === 'damaged') this.#damage ??= error;
  };

  /**
   * Throws a StoreError when the file was replaced or deleted: connections that are open would answer from the old
   * one, new ones from the new one.
   */
  requireSame(): void {
    const now = this.#stat();
    if (now && now.ino === this.#opened?.ino && now.dev === this.#opened.dev) return;
    const message = `${this.#path} was ${now ? 'replaced' : 'deleted'} while it was served: restart Attest`;
    throw new StoreError('replaced', message);
  }

  /** Throws a StoreError when the file is another one, or damaged. */
  requireSound(): void {
    this.requireSame();
    if (this.#damage) throw this.#damage;
  }

  #stat(): BigIntStats | undefined {
    return statSync(this.#path, { bigint: true, throwIfNoEntry: false });
  }
}
