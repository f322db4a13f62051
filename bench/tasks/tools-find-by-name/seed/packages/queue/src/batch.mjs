import { retry } from "./retry.mjs";

/** Collects positions and hands them over in batches of `size`. */
export class Batches {
  #positions = [];

  constructor(size, handOver) {
    this.size = size;
    this.handOver = handOver;
  }

  async add(position) {
    this.#positions.push(position);
    if (this.#positions.length < this.size) return;
    const batch = this.#positions.splice(0, this.size);
    await retry(() => this.handOver(batch));
  }
}
