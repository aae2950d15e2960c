import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** What is wrong with a scenario file, with the file and the line to look at. */
class ScenarioProblem extends Error {
  override readonly name = 'ScenarioProblem';
}

/** A value of a YAML file that knows where it stands. Every reader fails with file and line when it is something else. */
export class Field {
  readonly #node: Node | null | undefined;
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #document: Document;
  readonly #line: number;

  private constructor(
    node: Node | null | undefined,
    document: Document,
    file: string,
    lines: LineCounter,
    line: number,
  ) {
    this.#node = isAlias(node) ? node.resolve(document) : node;
    this.#document = document;
    this.#file = file;
    this.#lines = lines;
    this.#line = line;
  }

  /** @param file as it is named in messages */
  static parse(text: string, file: string): Field {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const [error] = document.errors;
    if (error) throw new ScenarioProblem(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message}`);
    return new Field(document.contents, document, file, lines, 1);
  }

  /** `FILE:LINE` */
  get place(): string {
    return `${this.#file}:${this.#line}`;
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  fail(message: string): never {
    throw new ScenarioProblem(`${this.place}: ${message}`);
  }

  list(): Field[] {
    if (!isSeq<Node>(this.#node)) return this.fail('here must be a list.');
    return this.#node.items.map((item) => this.#child(item, item));
  }

  /** Names and what stands under them, in the order of the file. */
  entries(): [name: string, field: Field][] {
    if (!isMap<Node, Node | null>(this.#node)) return this.fail('here must be a map of names to values.');
    return this.#node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : this.fail('a name must be plain text.');
      return [name, this.#child(value, key)];
    });
  }

  /** The fields of a map whose keys are known. */
  keys<Name extends string>(known: readonly Name[]): Map<Name, Field> {
    const isKnown = (name: string): name is Name => known.some((one) => one === name);
    const fields = new Map<Name, Field>();
    for (const [name, field] of this.entries()) {
      if (isKnown(name)) fields.set(name, field);
      else field.fail(`nothing is called '${name}' here. There are: ${known.join(', ')}.`);
    }
    return fields;
  }

  text(): string {
    const value = this.#scalar();
    return typeof value === 'string' ? value : this.fail('here must be text.');
  }

  oneOf<Word extends string>(words: readonly Word[]): Word {
    const sent = this.text();
    return words.find((word) => word === sent) ?? this.fail(`'${sent}' is none of ${words.join(', ')}.`);
  }

  flag(): boolean {
    const value = this.#scalar();
    return typeof value === 'boolean' ? value : this.fail('here must be true or false.');
  }

  count(): number {
    const value = this.#scalar();
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    return this.fail('here must be a whole number.');
  }

  /** One text, or a list of them. */
  texts(): string[] {
    return this.isList ? this.list().map((one) => one.text()) : [this.text()];
  }

  #scalar(): unknown {
    return isScalar(this.#node) ? this.#node.value : undefined;
  }

  #child(node: Node | null | undefined, at: Node): Field {
    const offset = at.range?.[0] ?? node?.range?.[0];
    const line = offset === undefined ? this.#line : this.#lines.linePos(offset).line;
    return new Field(node, this.#document, this.#file, this.#lines, line);
  }
}
