import { badRequest } from '@allot/contract';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isObjectId = (text: string): boolean => uuid.test(text);

/** An id in lower case. @throws ApiError 400 when the text is no UUID */
export function objectId(text: string): string {
  if (isObjectId(text)) return text.toLowerCase();
  throw badRequest(`Invalid object identifier '${text.slice(0, 200)}'.`, 'Object ids are UUIDs.');
}
