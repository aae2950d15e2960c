import { refused } from './language-faults.ts';
import { ProblemFound } from './problem.ts';
import type { Token } from './read-tokens.ts';

/**
 * A language for the parser after Pratt: what a token means at the beginning of an expression, and what it means
 * between two. Operators with more power bind tighter; those of equal power group to the left.
 */
export interface Grammar<Tree> {
  /** Reads an expression that begins with `token`, which has been taken already. */
  readonly begin: (token: Token, cursor: Cursor<Tree>) => Tree;
  /** What `token` does between expressions, or undefined if it ends the expression before it. */
  readonly between: (token: Token) => Between<Tree> | undefined;
}

export interface Between<Tree> {
  readonly power: number;
  /** Reads what follows the operator, which has been taken already. */
  readonly build: (left: Tree, token: Token, cursor: Cursor<Tree>) => Tree;
}

/** How deep expressions may be nested: parentheses, `not`, arguments. Keeps recursion far from the end of the stack. */
const nestingDepthMax = 64;
/** Tokens of one expression; chains of `and` and `or` become trees as deep as they are long. */
const tokensMax = 4_000;

/** Where the parser is in the tokens. */
export class Cursor<Tree> {
  readonly #tokens: readonly Token[];
  readonly #grammar: Grammar<Tree>;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], grammar: Grammar<Tree>) {
    const tooMuch = tokens[tokensMax];
    if (tooMuch !== undefined) throw refused('tooManyParts', { max: tokensMax }, tooMuch);
    this.#tokens = tokens;
    this.#grammar = grammar;
  }

  /** The token that comes next; the last one, of kind `end`, comes for ever. */
  peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('A list of tokens ends with one of kind end.');
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is this symbol. */
  takeSymbol(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.take();
    return true;
  }

  expectSymbol(symbol: string): Token {
    const token = this.take();
    if (token.kind !== 'symbol' || token.text !== symbol) throw notTheSymbol(token, symbol);
    return token;
  }

  /** Reads an expression up to the first operator that binds no tighter than `power`. */
  expression(power = 0): Tree {
    this.#depth += 1;
    if (this.#depth > nestingDepthMax) {
      throw refused('nestedTooDeep', { max: nestingDepthMax }, this.peek());
    }
    let left = this.#grammar.begin(this.take(), this);
    for (;;) {
      const between = this.#grammar.between(this.peek());
      if (between === undefined || between.power <= power) break;
      left = between.build(left, this.take(), this);
    }
    this.#depth -= 1;
    return left;
  }
}

/** Reads all tokens as one expression. */
export function parseExpression<Tree>(tokens: readonly Token[], grammar: Grammar<Tree>): Tree {
  const cursor = new Cursor(tokens, grammar);
  const tree = cursor.expression();
  const rest = cursor.peek();
  if (rest.kind !== 'end') throw refused('endExpected', { found: rest.text }, rest);
  return tree;
}

const notTheSymbol = (token: Token, symbol: string): ProblemFound =>
  token.kind === 'end'
    ? refused('symbolExpectedAtEnd', { symbol }, token)
    : refused('symbolExpected', { symbol, found: token.text }, token);

export function unexpected(token: Token, expected: string): ProblemFound {
  const found = token.kind === 'end' ? 'the end' : `'${token.text}'`;
  return new ProblemFound(`Syntax error: expected ${expected}, found ${found}`, token);
}
