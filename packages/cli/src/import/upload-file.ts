import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  attemptsMax,
  errorFrom,
  secondsToWait,
  ServerUnreachable,
  SignInRefused,
  waitSecondsMax,
} from '@allot/contract';
import type { Client } from '@allot/contract';
import { tellWait } from '../connection/connect.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../leaf-command.ts';
import type { Progress } from './progress.ts';

/** Between two signs of life: a tenant of a million users is imported in about a minute. */
const idleMsMax = 1_800_000;
/** An answer holds one sentence for each bad row; more than this is no answer of ours. */
const answerBytesMax = 512 * 1024 * 1024;

/**
 * Sends a file as it is and gives the answer's text; throws like the client. Not by `fetch`, which neither tells how
 * much is sent nor waits longer than five minutes for an answer.
 */
export async function uploadFile(session: Session, path: string, file: string, progress: Progress): Promise<string> {
  const { client, io } = session;
  const { size } = await stat(file);
  for (let attempt = 1; ; attempt += 1) {
    const { response, text } = await send(client, path, file, size, progress);
    const { statusCode: status = 0, statusMessage: statusText = '' } = response;
    if (status >= 200 && status < 300) return text;
    const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    const seconds = secondsToWait(headers.get('retry-after'), attempt, Date.now());
    const busy = (status === 429 || status === 503) && attempt < attemptsMax && seconds <= waitSecondsMax;
    const error = errorFrom({ status, statusText, headers }, text);
    if (status === 401) throw new SignInRefused(error.message);
    if (!busy) throw error;
    progress.end();
    tellWait(seconds, status, io);
    await sleep(seconds * 1000);
  }
}

interface Answer {
  readonly response: IncomingMessage;
  readonly text: string;
}

async function send(client: Client, path: string, file: string, size: number, progress: Progress): Promise<Answer> {
  const url = new URL(`${client.baseUrl}${path}`);
  const headers = {
    authorization: await client.authorization(),
    accept: 'application/json',
    'content-type': 'text/csv',
    'content-length': size,
  };
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method: 'POST', headers });
  const answered = new Promise<Answer>((resolve, reject) => {
    const unreachable = (error: Error): void =>
      reject(new ServerUnreachable(`No answer from ${url.origin}: ${error.message}.`, { cause: error }));
    request.on('error', unreachable);
    request.setTimeout(idleMsMax, () =>
      request.destroy(new Error(`nothing came within ${idleMsMax / 60_000} minutes`)),
    );
    request.on('response', (response) => {
      // A server that refuses early answers before it has read all: what it says counts, not the broken pipe.
      request.off('error', unreachable);
      request.on('error', () => bytes.destroy());
      readAll(response).then((text) => resolve({ response, text }), unreachable);
    });
    const bytes = createReadStream(file, size === 0 ? {} : { end: size - 1 });
    bytes.on('error', (error) => {
      request.destroy();
      reject(new Failure(`${file} cannot be read: ${error.message}.`));
    });
    let sent = 0;
    bytes.on('data', (chunk) => {
      sent += chunk.length;
      progress.at(sent);
    });
    bytes.on('end', () => progress.sent());
    bytes.pipe(request);
  });
  return answered;
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.iterator()) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
