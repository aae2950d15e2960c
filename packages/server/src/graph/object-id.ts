import { badRequest } from '@allot/contract';
import { isObjectId } from '../operations/is-object-id.ts';

export { isObjectId };

/** An id in lower case. @throws ApiError 400 when the text is no UUID */
export function objectId(text: string): string {
  if (isObjectId(text)) return text.toLowerCase();
  throw badRequest(`Invalid object identifier '${text.slice(0, 200)}'.`, 'Object ids are UUIDs.');
}
