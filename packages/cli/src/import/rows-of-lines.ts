/**
 * Picks out of a CSV text the header and every row that has one of the lines, byte for byte, in their order. Line
 * ends count as the server counts them ("\n", "\r\n" or "\r"); a row may go over several lines in quotes. What is
 * not CSV is followed as the server follows it: a stray quote spoils its row up to the end of the line, a quote that
 * is never closed all the rest.
 *
 * `text`: any pieces. One row is held at a time, and of a row that is picked only its current line.
 */
export async function* rowsOfLines(text: AsyncIterable<string>, lines: ReadonlySet<number>): AsyncGenerator<string> {
  const row = new RowPosition();
  let held = '';
  let picked = false;
  let header = true;
  let number = 0;
  for await (const line of linesOf(text)) {
    number += 1;
    held += line;
    picked ||= lines.has(number) || (header && line.trim() !== '');
    if (picked) {
      yield held;
      held = '';
    }
    row.read(line);
    if (row.isOpen) continue;
    if (picked) header = false;
    picked = false;
    held = '';
  }
}

/** Lines with their ends. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split(/(?<=\n|\r(?!\n))/);
    // The last one may go on, or be a "\r" whose "\n" has not come yet.
    rest = lines.pop() ?? '';
    if (lines.at(-1)?.endsWith('\r') === true && rest === '') rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/**
 * Whether a row goes on in the next line. `start`: before a cell, `plain`: in one without quotes, `quoted`: in one
 * with quotes, `closing`: after a quote in it, `skip`: in a row that is not CSV.
 */
class RowPosition {
  #position: 'start' | 'plain' | 'quoted' | 'closing' | 'skip' = 'start';
  #delimiter: string | undefined;

  get isOpen(): boolean {
    return this.#position === 'quoted';
  }

  read(line: string): void {
    this.#delimiter ??= delimiterOf(line);
    for (const char of line) this.#step(char, this.#delimiter);
    if (this.#position !== 'quoted') this.#position = 'start';
  }

  #step(char: string, delimiter: string): void {
    switch (this.#position) {
      case 'start':
        if (char === '"') this.#position = 'quoted';
        else if (char !== ' ' && char !== delimiter) this.#position = 'plain';
        return;
      case 'plain':
        if (char === '"') this.#position = 'skip';
        else if (char === delimiter) this.#position = 'start';
        return;
      case 'quoted':
        if (char === '"') this.#position = 'closing';
        return;
      case 'closing':
        if (char === '"') this.#position = 'quoted';
        else if (char === delimiter) this.#position = 'start';
        else if (!/[ \t\r\n]/.test(char)) this.#position = 'skip';
        return;
      case 'skip':
        return;
    }
  }
}

/** A comma, or whichever of semicolon and tab stands more often in the first line. */
function delimiterOf(line: string): string {
  const outsideQuotes = line.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string): number => outsideQuotes.split(delimiter).length;
  let best = ',';
  for (const other of [';', '\t']) if (count(other) > count(best)) best = other;
  return best;
}
