import type { IncomingHttpHeaders } from 'node:http';

/** What is needed of a request to tell under which address it was sent. */
export interface AskedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly protocol: string;
}

/** A host name or address with a port perhaps, and nothing that could break out of an address. */
const hostPattern = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The address that the client sent its request to, without a slash at the end: links in answers stay on it. Behind a
 * proxy that says so (`Forwarded` or `X-Forwarded-*`) the proxy's; these headers decide about nothing else.
 * @param baseUrl the configured address: its path stands before ours, and it serves when the client's host is of no use
 */
export function rootOf({ headers, protocol }: AskedRequest, baseUrl: string): string {
  const configured = new URL(baseUrl);
  const path = configured.pathname.replace(/\/+$/, '');
  const forwarded = readForwarded(headers);
  const host = [forwarded.host, headers.host].find((one) => one !== undefined && hostPattern.test(one));
  if (host === undefined) return `${configured.origin}${path}`;
  const scheme = forwarded.proto ?? (forwarded.host === undefined ? protocol : configured.protocol.slice(0, -1));
  return `${scheme}://${host}${path}`;
}

function readForwarded(headers: IncomingHttpHeaders): { host: string | undefined; proto: string | undefined } {
  const first = firstOf(headers.forwarded);
  const [host, proto] =
    first === undefined
      ? [firstOf(headers['x-forwarded-host']), firstOf(headers['x-forwarded-proto'])]
      : [parameterOf(first, 'host'), parameterOf(first, 'proto')];
  return { host, proto: proto !== undefined && /^https?$/i.test(proto) ? proto.toLowerCase() : undefined };
}

/** The proxy next to the client writes the first element. */
function firstOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
}

function parameterOf(element: string, name: string): string | undefined {
  const parameter = element.split(';').find((part) => part.trim().toLowerCase().startsWith(`${name}=`));
  return parameter
    ?.trim()
    .slice(name.length + 1)
    .replaceAll('"', '');
}
