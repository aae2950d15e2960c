import { ApiError, badRequest } from '@allot/contract';

/** A value that the property cannot take; `problem` is one sentence that says what would do. */
export const invalidValue = (property: string, problem: string): ApiError =>
  new ApiError(400, 'Request_BadRequest', 'One or more property values specified are invalid.', {
    advice: `${property}: ${problem}`,
    refusal: 'InvalidValue',
    details: [{ target: property, code: 'InvalidValue', message: problem }],
  });

export const missingValue = (property: string, resource: 'User' | 'Group'): ApiError =>
  new ApiError(400, 'Request_BadRequest', `A value is required for property '${property}' of resource '${resource}'.`, {
    advice: `Send ${property} when you create a ${resource.toLowerCase()}.`,
    details: [{ target: property, code: 'MissingValue', message: 'A value is required.' }],
  });

export const readOnlyProperty = (property: string): ApiError =>
  badRequest(`Property '${property}' is read-only and cannot be set.`, 'Leave it out of the request.');

export const unknownProperty = (property: string): ApiError =>
  badRequest(`Invalid property '${property}'.`, 'Check its spelling; names compare without case.');

/** With the property named, as Graph does: forms show it where it was typed. */
export function duplicateUserPrincipalName(): ApiError {
  const message = 'Another object with the same value for property userPrincipalName already exists.';
  return new ApiError(400, 'Request_BadRequest', message, {
    advice: 'Choose another userPrincipalName, or update the user who has it.',
    refusal: 'NameInUse',
    details: [{ target: 'userPrincipalName', code: 'ObjectConflict', message }],
  });
}

export const duplicateUniqueName = (): ApiError =>
  badRequest(
    'Another object with the same value for property uniqueName already exists.',
    "Choose another uniqueName, or update the group that has it: PATCH groups(uniqueName='…').",
    'NameInUse',
  );
