import type { FastifyInstance } from 'fastify';
import { ApiError } from '@allot/contract';

/** Largest file that is imported, in bytes: some ten million users. */
const UPLOAD_BYTES_MAX = 2 * 1024 ** 3;
/** How long a file may take to arrive and be read, in milliseconds. */
const UPLOAD_MS_MAX = 30 * 60_000;

const uploadPaths = /^\/allot\/v1\/imports\//i;

/**
 * A file that arrives as the body of a request, not read yet. It shows nothing of its stream to whoever looks at bodies as
 * if they were JSON.
 */
export class Upload {
  readonly #stream: AsyncIterable<Buffer>;
  readonly #bytesMax: number;

  constructor(stream: AsyncIterable<Buffer>, bytesMax: number = UPLOAD_BYTES_MAX) {
    this.#stream = stream;
    this.#bytesMax = bytesMax;
  }

  /** The bytes as they come; to be read once. @throws ApiError 413 when they are too many */
  async *read(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of this.#stream) {
      bytes += chunk.length;
      if (bytes > this.#bytesMax) throw tooLarge(this.#bytesMax);
      yield chunk;
    }
  }
}

/**
 * Lets the routes of imports take files (`text/csv`), as streams of any length up to UPLOAD_BYTES_MAX. To be called before
 * the server listens.
 */
export function acceptUploads(app: FastifyInstance): void {
  app.addContentTypeParser(['text/csv', 'application/octet-stream'], (request, payload, done) => {
    if (uploadPaths.test(request.url)) done(null, new Upload(payload));
    else done(unsupportedType());
  });
  // Node.js has one limit for all requests of a server. Headers must come within a minute all the same (headersTimeout).
  app.server.requestTimeout = UPLOAD_MS_MAX;
}

const tooLarge = (bytesMax: number) =>
  new ApiError(413, 'RequestEntityTooLarge', 'The file is too large.', {
    advice: `Import at most ${bytesMax} bytes at a time; split the file. Nothing was imported.`,
  });

const unsupportedType = () =>
  new ApiError(415, 'UnsupportedMediaType', 'The content type of the request body is not supported.', {
    advice: "Send JSON with the header 'Content-Type: application/json'.",
  });
