import { ApiError, badRequest, type ErrorDetail, notFound } from '@allot/contract';
import { isMailNicknameTaken, selectGroup } from '@allot/store';
import type { Context } from '../context.ts';
import { invalidValue, missingValue } from './property-errors.ts';
import { objectOf } from './read-values.ts';
import { writableGroup } from './writable-group.ts';

/** What of a group is validated. This directory has no naming policy: what is left is what a value may be, and who has it already. */
const validated = ['displayName', 'mailNickname'] as const;

/**
 * Whether a group could have this name and this mail nickname.
 * @param of `groupId`: a group that is there and does not stand in its own way; `typed`: the body must say that it is about a group
 * @throws ApiError 422 with a detail for each property at fault; 400 when nothing is to be validated; 404
 */
export async function validateProperties(
  ctx: Context,
  body: unknown,
  of: { readonly groupId?: string; readonly typed?: boolean },
): Promise<void> {
  const sent = new Map(Object.entries(objectOf(body)).map(([name, value]) => [name.toLowerCase(), value]));
  if (of.typed) refuseOtherTypes(sent.get('entitytype'));
  if (of.groupId !== undefined && (await selectGroup(ctx.db, ctx.tenantId, of.groupId, [])) === undefined)
    throw notFound(of.groupId);
  const values = validated.flatMap((name) => {
    const value = sent.get(name.toLowerCase());
    return value === undefined || value === null ? [] : [{ name, value }];
  });
  if (values.length === 0)
    throw badRequest('Neither displayName nor mailNickname was sent.', 'Send at least one of both, as a text.');
  const details: ErrorDetail[] = [];
  for (const { name, value } of values) {
    const problem = problemOf(name, value);
    if (problem !== undefined) details.push(problem);
    // What is no text has a problem already.
    else if (name === 'mailNickname' && typeof value === 'string') {
      const taken = await isMailNicknameTaken(ctx.db, ctx.tenantId, value, of.groupId ?? null);
      if (taken) details.push(conflict(name));
    }
  }
  if (details.length === 0) return;
  throw new ApiError(422, 'Request_UnprocessableEntity', 'The values provided contain one or more validation errors.', {
    advice: 'Choose other values for the properties that the details name.',
    details,
  });
}

function refuseOtherTypes(entityType: unknown): void {
  if (entityType === undefined || entityType === null) throw missingValue('entityType', 'Group');
  if (typeof entityType !== 'string' || entityType.toLowerCase() !== 'group')
    throw invalidValue('entityType', "Send 'Group'; nothing else is validated.");
}

/** What the reader of the property has against a value. */
function problemOf(name: (typeof validated)[number], value: unknown): ErrorDetail | undefined {
  try {
    writableGroup.readers[name]?.(value, name);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError)
      return { target: name, code: 'InvalidValue', message: error.details?.[0]?.message ?? error.message };
    throw error;
  }
}

const conflict = (name: string): ErrorDetail => ({
  target: name,
  code: 'PropertyConflict',
  message: `Another object with the same value for property ${name} already exists.`,
});
