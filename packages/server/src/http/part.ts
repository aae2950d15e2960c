import type { ApiError } from '@allot/contract';
import type { Route } from './route.ts';

/** A request inside another one. */
export interface Part {
  readonly method: Route['method'];
  /** Path and query as after the host: `/v1.0/users?$top=5`. */
  readonly url: string;
  /** By names in lower case. Who asks, and of which host, is the outer request's to say; such headers mean nothing here. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent; undefined: none. */
  readonly body: string | undefined;
}

export interface PartAnswer {
  readonly status: number;
  /** Those that mean something without a connection; names as clients of Graph look them up (`Content-Type`). */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as a value, text as a text, null when there is none. */
  readonly body: unknown;
}

/** How a request has its parts answered. */
export interface Parts {
  /**
   * Answers a part as if it had come by itself with the outer request's token: token, permissions, limits, texts, errors, ids.
   * Errors are answers; it never throws.
   */
  readonly send: (part: Part) => Promise<PartAnswer>;
  /** What is answered to a part that is not sent because of this. */
  readonly refuse: (part: Part, error: ApiError) => PartAnswer;
  /** Whether the client has gone: what has not begun need not begin. */
  readonly isAbandoned: () => boolean;
}
