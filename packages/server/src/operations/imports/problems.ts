import { ApiError } from '@allot/contract';
import type { Problem } from './import-result.ts';

/** Problems that a refusal lists, and that a result lists; the rest is counted. */
export const REFUSED_PROBLEMS_MAX = 1_000;
export const LISTED_PROBLEMS_MAX = 100_000;

/** What is wrong with a file, collected until all of it was looked at. */
export class Problems {
  readonly #listed: Problem[] = [];
  readonly #lines = new Set<number>();
  #count = 0;

  add(...problems: readonly Problem[]): void {
    for (const { line, column, problem } of problems) {
      this.#count += 1;
      this.#lines.add(line);
      if (this.#listed.length < LISTED_PROBLEMS_MAX) this.#listed.push({ line, column, problem });
    }
  }

  /** Rows with a problem. */
  get rows(): number {
    return this.#lines.size;
  }

  /** In the order of the lines. */
  list(): Problem[] {
    return this.#listed.toSorted((a, b) => a.line - b.line);
  }

  /** @throws ApiError 400 when anything is wrong: the first problems are in its details */
  refuse(): void {
    if (this.#count === 0) return;
    const many = this.#count > REFUSED_PROBLEMS_MAX ? `, of which the first ${REFUSED_PROBLEMS_MAX} are listed` : '';
    const problems = this.#count === 1 ? '1 problem' : `${this.#count} problems`;
    throw new ApiError(400, 'Request_BadRequest', `The file has ${problems}${many}. Nothing was imported.`, {
      advice: 'Correct the rows and import the file again, or import the other rows with skipBad.',
      details: this.list()
        .slice(0, REFUSED_PROBLEMS_MAX)
        .map(({ line, column, problem }) => ({ target: `${line}:${column}`, code: 'BadRow', message: problem })),
    });
  }
}
