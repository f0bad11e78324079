/**
 * What waits, by client: clients take turns, however much one of them has waiting; of one client, the first comes
 * first.
 */
export class FairQueue<T extends { readonly client: string }> {
  // The order of the keys is the order of the turns.
  readonly #waiting = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many of one client wait. */
  of(client: string): number {
    return this.#waiting.get(client)?.length ?? 0;
  }

  /** Adds an item at the end of its client's row, or at its front. */
  add(item: T, place: 'front' | 'end' = 'end'): void {
    const row = this.#waiting.get(item.client);
    if (!row) this.#waiting.set(item.client, [item]);
    else if (place === 'front') row.unshift(item);
    else row.push(item);
    this.#size += 1;
  }

  /** Takes the first item of the client whose turn it is, of those that may have one; undefined when there is none. */
  take(mayHaveTurn: (client: string) => boolean = () => true): T | undefined {
    for (const [client, row] of this.#waiting) {
      if (!mayHaveTurn(client)) continue;
      const item = row.shift();
      this.#size -= 1;
      // Its next turn comes after those of all others.
      this.#waiting.delete(client);
      if (row.length > 0) this.#waiting.set(client, row);
      return item;
    }
    return undefined;
  }

  /** Removes an item; false when it does not wait. */
  remove(item: T): boolean {
    const row = this.#waiting.get(item.client);
    const place = row?.indexOf(item) ?? -1;
    if (!row || place === -1) return false;
    row.splice(place, 1);
    this.#size -= 1;
    if (row.length === 0) this.#waiting.delete(item.client);
    return true;
  }

  /** Takes all items. */
  drain(): T[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    this.#size = 0;
    return all;
  }
}
