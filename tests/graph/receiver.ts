import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Message {
  readonly path: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/** An address that is told of changes: what it got, and how it answers. */
export interface Receiver {
  readonly url: string;
  readonly messages: readonly Message[];
  /** How messages are answered from now on; undefined: not at all. */
  answerWith(status: number | undefined): void;
  /** Requests so far, validations left out. */
  readonly asked: number;
  /** The first items for which this holds. */
  until(
    holds: (items: readonly Readonly<Record<string, unknown>>[]) => boolean,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** @param validate how the handshake is answered */
export async function startReceiver(
  validate: (token: string, response: ServerResponse) => void = (token, response) => response.end(token),
): Promise<Receiver> {
  const messages: Message[] = [];
  let status: number | undefined = 202;
  let asked = 0;
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://x');
      const token = url.searchParams.get('validationToken');
      if (token !== null) return validate(token, response);
      asked += 1;
      if (status === undefined) return undefined;
      const { value } = JSON.parse(text) as { value: Message['items'] }; // what we post
      if (status < 300) messages.push({ path: url.pathname, items: value });
      return response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    answerWith: (next) => {
      status = next;
    },
    get asked() {
      return asked;
    },
    async until(holds) {
      for (;;) {
        const items = messages.flatMap((message) => message.items);
        if (holds(items)) return items;
        await sleep(20);
      }
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
