import { list, object, type Schema, text } from './json-schema.ts';

/** The body of every error. */
export const errorSchema: Schema = object({
  error: object(
    {
      code: text,
      message: text,
      details: list(object({ target: text, code: text, message: text }, ['target'])),
      innerError: object(
        {
          date: text,
          'request-id': text,
          'client-request-id': text,
          code: { type: 'string', description: 'Of a request that was throttled: 429.' },
          message: text,
          status: text,
          advice: { type: 'string', description: 'What to do next.' },
        },
        ['code', 'message', 'status', 'advice'],
      ),
    },
    ['details'],
  ),
});
