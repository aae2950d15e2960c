import { errorCodes, refusalCodes } from '@allot/contract';
import { list, object, oneOf, type Schema, text } from './json-schema.ts';

/** The body of every error. */
export const errorSchema: Schema = object({
  error: object(
    {
      code: oneOf(...errorCodes),
      message: text,
      details: list(
        object({ target: text, code: text, message: text, sentence: { type: 'object' } }, ['target', 'sentence']),
      ),
      innerError: object(
        {
          date: text,
          'request-id': text,
          'client-request-id': text,
          code: {
            type: 'string',
            description: 'Which refusal it is, where code does not say it; 429 of a request that was throttled.',
            enum: [...refusalCodes, '429'],
          },
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
