import type { Context } from '../operations/context.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Caller } from '../sign-in/caller.ts';
import type { Permission } from '../sign-in/permission-names.ts';
import type { Parts } from './part.ts';
import type { Query } from './query.ts';

/** A row of a table of routes: what may be asked, by whom, and what answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1.0/users/:id`; parts compare without case. */
  readonly path: string;
  /** Any one of these is enough; least privileged first. */
  readonly permissions: readonly Permission[];
  readonly handle: (request: RouteRequest) => Promise<RouteAnswer>;
  readonly describe: RouteDescription;
  /** Its body holds other requests. Texts in it are not checked: those of each part are when it is sent. */
  readonly hasParts?: true;
  /** What it costs the application that asks; undefined: nothing, and it is never throttled. */
  readonly cost?: Cost;
}

/** What documentation says of a route; all of it is generated from here. */
export interface RouteDescription {
  /** Name of the operation, the same in every version: `listUsers`. */
  readonly operation: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Query options that it takes. */
  readonly query?: readonly string[];
  /** Those of them that must be there. */
  readonly requiredQuery?: readonly string[];
  /** Name of the schema of its body; undefined: it reads none. */
  readonly body?: string;
  /** What is answered when it succeeds, by status. */
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Name of the OData action that it is. */
  readonly action?: string;
  /** Name of the OData function that it is. */
  readonly function?: string;
  /** What is different from Graph. */
  readonly differs?: string;
  /** Whether the path is but another way to write the one before it, so that it is not documented by itself. */
  readonly isAlias?: boolean;
}

/** The body of an answer: nothing, a plain text, one object of a named schema, or a list of such objects; of several schemas any. */
export type AnswerShape =
  | { readonly kind: 'nothing' | 'text' }
  | { readonly kind: 'one' | 'many'; readonly schemas: readonly string[] };

export const nothing: AnswerShape = { kind: 'nothing' };
export const plainText: AnswerShape = { kind: 'text' };
export const one = (...schemas: readonly string[]): AnswerShape => ({ kind: 'one', schemas });
export const many = (...schemas: readonly string[]): AnswerShape => ({ kind: 'many', schemas });

/** What a request takes of the limits of an application. */
export interface Cost {
  /** Graph's measure of how much work a request is. */
  readonly resourceUnits: number;
  /** Changes. */
  readonly writes: number;
}

/** A request of a caller who is known and may ask. Every text in it was checked, unless it has parts: no NUL, valid Unicode. */
export interface RouteRequest {
  readonly ctx: Context;
  /** Parts of the path by the name that the route gives them. */
  readonly param: (name: string) => string;
  readonly query: Query;
  /** Parsed JSON, of any shape; undefined when there was none. */
  readonly body: unknown;
  /** A header in lower case; undefined when it is not there, or there several times. */
  readonly header: (name: string) => string | undefined;
  /** Address that the client asked, for links: `https://licenses.example.com`. */
  readonly root: string;
  /** Throws 403 unless the caller has one of these: for what needs more than its route. */
  readonly requirePermission: (anyOf: readonly Permission[]) => void;
  /** Whether the caller has one of these: for what only some who may ask are shown. */
  readonly hasPermission: (anyOf: readonly Permission[]) => boolean;
  /** For requests to addresses that the caller names. */
  readonly outgoing: Outgoing;
  /** Who asks. */
  readonly caller: Caller;
  /** For answers that wait for something: aborted when the server stops, or nobody is there to be answered. */
  readonly ended: () => AbortSignal;
  /** Path and query as the client wrote them. */
  readonly url: string;
  /** How to have parts answered; undefined unless the route has some, and inside a part. */
  readonly parts: Parts | undefined;
}

export interface RouteAnswer {
  readonly status: number;
  /** Sent as JSON, or as plain text if it is a string; undefined: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a question. */
export const ok = (body: unknown): RouteAnswer => ({ status: 200, body });

/** The answer to a change that has nothing to say. */
export const noContent: RouteAnswer = { status: 204 };
