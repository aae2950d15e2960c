/**
 * Collects rows and hands them on in batches, one batch being written while the next is read: reading keeps this process
 * busy and writing the database, so together they take hardly longer than one of them.
 */
export class StageBatches<Row> {
  readonly #size: number;
  readonly #write: (rows: readonly Row[]) => Promise<void>;
  #rows: Row[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(size: number, write: (rows: readonly Row[]) => Promise<void>) {
    this.#size = size;
    this.#write = write;
  }

  async add(row: Row): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= this.#size) await this.#flush();
  }

  /** Resolves when everything is written. */
  async end(): Promise<void> {
    if (this.#rows.length > 0) await this.#flush();
    await this.#writing;
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    await this.#writing;
    this.#writing = this.#write(rows);
    // Whoever adds or ends next gets the error; until then nobody looks.
    this.#writing.catch(() => undefined);
  }
}
