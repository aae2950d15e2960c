/** Where characters come next in a piece of text; each is searched once over the text, however often it is asked for. */
export class NextPositions {
  readonly #text: string;
  readonly #known = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The first position of `char` not before `at`, or the length of the text. `at` never decreases. */
  of(char: string, at: number): number {
    const known = this.#known.get(char);
    if (known !== undefined && known >= at) return known;
    const found = this.#text.indexOf(char, at);
    const position = found === -1 ? this.#text.length : found;
    this.#known.set(char, position);
    return position;
  }
}
