/** Why a text is no sentence of its language: what is wrong, and where in the text. */
export interface Problem {
  /** One sentence without the position. */
  readonly message: string;
  /** Offset of the first character concerned, from 0. */
  readonly at: number;
  /** Offset after the last character concerned. */
  readonly end: number;
}

/** A tree, or the first problem found. */
export type Parsed<Tree> =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly problem: Problem };

/** Carries a problem up through the recursive parser; `parsed` turns it into an answer, so it never leaves here. */
export class ProblemFound extends Error {
  readonly problem: Problem;

  constructor(message: string, where: { readonly at: number; readonly end: number }) {
    super(message);
    this.problem = { message, at: where.at, end: where.end };
  }
}

/** Runs a parser and returns its tree, or the problem that stopped it. */
export function parsed<Tree>(parse: () => Tree): Parsed<Tree> {
  try {
    return { ok: true, tree: parse() };
  } catch (error) {
    if (error instanceof ProblemFound) return { ok: false, problem: error.problem };
    throw error;
  }
}
