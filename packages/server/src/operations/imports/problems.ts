import { ApiError } from '@allot/contract';
import { say } from '../../imports/import-sentences.ts';
import type { Note, Problem } from './import-result.ts';

/** Problems that a refusal lists, and that a result lists; the rest is counted. */
const REFUSED_PROBLEMS_MAX = 1_000;
const LISTED_PROBLEMS_MAX = 100_000;

/** What is wrong with a file, collected until all of it was looked at. */
export class Problems {
  #listed: Problem[] = [];
  #lines = new Set<number>();
  #count = 0;

  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#count += 1;
      this.#lines.add(problem.line);
      if (this.#listed.length < LISTED_PROBLEMS_MAX) this.#listed.push(problem);
    }
  }

  /** These and more, in a list of its own: what is looked up in the directory may be looked up again. */
  and(more: readonly Problem[]): Problems {
    const all = new Problems();
    all.#listed = [...this.#listed];
    all.#lines = new Set(this.#lines);
    all.#count = this.#count;
    all.add(more);
    return all;
  }

  /** Rows with a problem. */
  get rows(): number {
    return this.#lines.size;
  }

  /** In the order of the lines. */
  list(): Problem[] {
    return this.#listed.toSorted((a, b) => a.line - b.line);
  }

  notes(): Note[] {
    const unlisted = this.#count - this.#listed.length;
    return unlisted > 0 ? [{ line: 1, ...say('moreProblems', { count: unlisted }) }] : [];
  }

  /**
   * @param skipBad whether the other rows are imported; without column names (line 1) there are none
   * @throws ApiError 400 when anything is wrong: the first problems are in its details
   */
  refuseUnless(skipBad: boolean): void {
    if (this.#count === 0 || (skipBad && !this.#lines.has(1))) return;
    const many = this.#count > REFUSED_PROBLEMS_MAX ? `, of which the first ${REFUSED_PROBLEMS_MAX} are listed` : '';
    const problems = this.#count === 1 ? '1 problem' : `${this.#count} problems`;
    throw new ApiError(400, 'Request_BadRequest', `The file has ${problems}${many}. Nothing was imported.`, {
      advice: 'Correct the rows and import the file again, or import the other rows with skipBad.',
      details: this.list()
        .slice(0, REFUSED_PROBLEMS_MAX)
        .map(({ line, column, problem, sentence }) => ({
          target: `${line}:${column}`,
          code: 'BadRow',
          message: problem,
          ...(sentence === undefined ? {} : { sentence }),
        })),
    });
  }
}
