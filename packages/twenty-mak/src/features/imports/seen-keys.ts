import { createHash } from 'node:crypto';

/** Slots at the beginning, and how full they may get; a slot is eight bytes. */
const SLOTS = 1 << 12;
const FULL = 0.6;

/**
 * Which keys a dry run has met, as 64 bits of a digest each: a million rows take some ten megabytes, and two keys in billions
 * are taken for one.
 */
export class SeenKeys {
  private slots = new BigUint64Array(SLOTS);
  private used = 0;

  has(key: string): boolean {
    return this.slots[this.place(digest(key))] !== 0n;
  }

  add(key: string): void {
    const value = digest(key);
    const place = this.place(value);
    if (this.slots[place] !== 0n) return;
    this.slots[place] = value;
    this.used += 1;
    if (this.used > this.slots.length * FULL) this.grow();
  }

  /** Where the value is, or else the free slot where it belongs. */
  private place(value: bigint): number {
    const mask = this.slots.length - 1;
    let place = Number(value & BigInt(mask));
    while (this.slots[place] !== 0n && this.slots[place] !== value) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new BigUint64Array(before.length * 2);
    for (const value of before) if (value !== 0n) this.slots[this.place(value)] = value;
  }
}

/** Never zero, which stands for a free slot. */
function digest(key: string): bigint {
  const value = createHash('sha256').update(key).digest().readBigUInt64LE();
  return value === 0n ? 1n : value;
}
