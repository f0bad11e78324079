import { hash } from 'node:crypto';

/**
 * The ids of a run, in 8 to 32 bytes each: a table of 64 bits of their hashes. Two different ids of five million are taken
 * for the same with a probability below one in a million.
 */
export class IdSet {
  #slots = new BigUint64Array(1 << 12);
  #size = 0;

  /** Adds an id; returns false when it was there already. */
  add(id: string): boolean {
    const bits = hash('sha256', id, 'buffer').readBigUInt64LE() || 1n;
    if (!insert(this.#slots, bits)) return false;
    this.#size++;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 4);
    for (const bits of this.#slots) if (bits !== 0n) insert(larger, bits);
    this.#slots = larger;
  }
}

/** Puts a hash into the first free slot after its own; false when it is there. A slot of 0 is free. */
function insert(slots: BigUint64Array, bits: bigint): boolean {
  const last = slots.length - 1;
  for (let at = Number(bits & BigInt(last)); ; at = (at + 1) & last) {
    if (slots[at] === bits) return false;
    if (slots[at] === 0n) {
      slots[at] = bits;
      return true;
    }
  }
}
