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
    if (!insert(this.#slots, bitsOf(id))) return false;
    this.#size++;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  /** Whether an id was added. */
  has(id: string): boolean {
    const last = this.#slots.length - 1;
    const bits = bitsOf(id);
    for (let at = Number(bits & BigInt(last)); ; at = (at + 1) & last) {
      if (this.#slots[at] === bits) return true;
      if (this.#slots[at] === 0n) return false;
    }
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 4);
    for (const bits of this.#slots) if (bits !== 0n) insert(larger, bits);
    this.#slots = larger;
  }
}

/** 64 bits of the hash of an id, never 0. */
function bitsOf(id: string): bigint {
  return hash('sha256', id, 'buffer').readBigUInt64LE() || 1n;
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
