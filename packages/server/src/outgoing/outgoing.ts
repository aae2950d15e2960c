import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivate } from './private-addresses.ts';

/** What is posted. */
export interface Post {
  readonly url: URL;
  /** JSON; undefined: no body. */
  readonly body?: string;
  readonly secondsMax: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PostAnswer {
  readonly status: number;
  readonly contentType: string;
  /** At most `answerBytesMax` of it. */
  readonly text: string;
}

/** Requests of ours to addresses that callers chose. No redirect is followed. */
export interface Outgoing {
  /** @throws Error when nobody answers in time, or the address may not be asked */
  post(post: Post): Promise<PostAnswer>;
  /** Why an address may not be asked, as far as can be told without asking; undefined: it may. */
  refusalOf(url: URL): string | undefined;
}

const answerBytesMax = 64 * 1024;

/** @param allowPrivate whether addresses of this machine and its network may be asked, and without encryption */
export function createOutgoing({ allowPrivate }: { readonly allowPrivate: boolean }): Outgoing {
  const refusalOf = ({ protocol, hostname, username, password }: URL): string | undefined => {
    if (username !== '' || password !== '') return 'An address with a name and password is not asked.';
    if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'Only https addresses are asked.';
    const host = hostname.replaceAll(/[[\]]/g, '');
    if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) return privateAddress;
    return undefined;
  };
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = !error && !allowPrivate && addresses.find(({ address }) => isPrivate(address));
      const [first] = addresses ?? [];
      if (error) done(error, '');
      else if (refused || first === undefined) done(new Error(privateAddress), '');
      // The address that was looked at is the one that is connected to.
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
  return {
    refusalOf,
    post: (post) => {
      const refusal = refusalOf(post.url);
      return refusal === undefined ? send(post, lookup) : Promise.reject(new Error(refusal));
    },
  };
}

const privateAddress = 'Addresses of this machine and its network are not asked; ALLOT_NOTIFY_PRIVATE=on allows them.';

function send({ url, body, secondsMax, signal }: Post, lookup: LookupFunction): Promise<PostAnswer> {
  const inTime = AbortSignal.timeout(secondsMax * 1000);
  const headers =
    body === undefined
      ? { 'content-length': 0, 'content-type': 'text/plain; charset=utf-8' }
      : { 'content-length': Buffer.byteLength(body), 'content-type': 'application/json; charset=utf-8' };
  return new Promise((answer, fail) => {
    const options = {
      method: 'POST',
      headers,
      lookup,
      agent: false as const,
      signal: signal === undefined ? inTime : AbortSignal.any([signal, inTime]),
    };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > answerBytesMax) response.destroy(new Error('The answer is too long.'));
      });
      response.on('end', () =>
        answer({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', text }),
      );
      response.on('error', fail);
    });
    request.on('error', fail);
    request.end(body);
  });
}
