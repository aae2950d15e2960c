import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import type { Address } from './address.ts';
import { plainScopes } from './delegated-scopes.ts';

/** Longer forms are refused by the provider, which has the same limit. */
const formBytesMax = 56 * 1024;

/** What a client said that the provider is not told in those words. */
export type Said = {
  /** The scopes, as they were asked for. */
  readonly scope: string;
  /** Whether it wants to know in Entra's way whose token it is. */
  readonly clientInfo: boolean;
};

export type RewrittenRequest = IncomingMessage & { readonly said?: Said; readonly askedPath?: string };

/**
 * Entra's clients speak a dialect: scopes with their resource before them, a grant type with a short name, and scopes
 * where OAuth has none. Translates the form of a request; what is no form, or says something twice, is left as it is.
 */
export async function rewriteForm(raw: IncomingMessage, address: Address): Promise<RewrittenRequest> {
  const { headers } = raw;
  const { 'transfer-encoding': _, ...kept } = headers;
  const body = await readAtMost(raw, formBytesMax + 1);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  const form = new URLSearchParams(body.toString());
  const said = { scope: form.get('scope') ?? '', clientInfo: form.get('client_info') === '1' };
  const rewritten = isForm && body.length <= formBytesMax && rewrite(form, address, headers.host);
  const bytes = rewritten ? Buffer.from(form.toString()) : body;
  const length = headers['content-type'] === undefined ? {} : { 'content-length': String(bytes.length) };
  const { method, url, socket, httpVersion, rawHeaders } = raw;
  const request = { method, url, socket, httpVersion, rawHeaders, headers: { ...kept, ...length } };
  const askedPath = url?.split('?', 1)[0];
  // All that the provider looks at of a request, with another body.
  return Object.assign(Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }), {
    ...request,
    said,
    askedPath,
  }) as unknown as RewrittenRequest;
}

/** @returns whether anything had to be changed */
function rewrite(form: URLSearchParams, address: Address, host: string | undefined): boolean {
  if (form.getAll('scope').length > 1 || form.getAll('grant_type').length > 1) return false;
  const grantType = form.get('grant_type');
  // A token endpoint's business, and a device code's has no grant type.
  if (grantType === 'client_credentials') return false;
  const scope = form.get('scope');
  if (grantType === 'device_code') form.set('grant_type', 'urn:ietf:params:oauth:grant-type:device_code');
  // The refresh token has the scopes that were granted, and Entra's clients ask with scopes that are none.
  if (grantType === 'refresh_token') form.delete('scope');
  else if (scope !== null) form.set('scope', plainScopes(scope, address, host));
  return true;
}

/** The same for what a browser is sent to: path and query. */
export function rewriteQuery(url: string, address: Address, host: string | undefined): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined) return url;
  const parameters = new URLSearchParams(query);
  // The person types the code: a link that has it typed already is how others' codes get confirmed.
  parameters.delete('user_code');
  const [scope, ...more] = parameters.getAll('scope');
  if (scope !== undefined && more.length === 0) parameters.set('scope', plainScopes(scope, address, host));
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

async function readAtMost(raw: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk as Uint8Array); // a request without an encoding gives bytes
    chunks.push(bytes);
    length += bytes.length;
    if (length >= bytesMax) break;
  }
  return Buffer.concat(chunks).subarray(0, bytesMax);
}
