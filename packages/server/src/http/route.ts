import type { Context } from '../operations/context.ts';
import type { Caller } from '../sign-in/caller.ts';
import type { Permission } from '../sign-in/permission-names.ts';
import type { Query } from './query.ts';

/** A row of a table of routes: what may be asked, by whom, and what answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1.0/users/:id`; parts compare without case. */
  readonly path: string;
  /** Any one of these is enough; least privileged first. */
  readonly permissions: readonly Permission[];
  readonly handle: (request: RouteRequest) => Promise<RouteAnswer>;
}

/** A request of a caller who is known and may ask. Every text in it was checked: no NUL, valid Unicode. */
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
  /** Who asks. */
  readonly caller: Caller;
  /** Path and query as the client wrote them. */
  readonly url: string;
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
