/** A cell as it grows: joined now and then, so that a cell of a million doubled quotes is not a million strings. */
export class CellText {
  readonly #joined: string[] = [];
  #parts: string[] = [];

  add(part: string): void {
    if (part === '') return;
    this.#parts.push(part);
    if (this.#parts.length < partsMax) return;
    this.#joined.push(this.#parts.join(''));
    this.#parts = [];
  }

  text(): string {
    return [...this.#joined, ...this.#parts].join('');
  }
}

const partsMax = 4_096;
