import { apiErrorOf, type Client } from '@allot/contract';

/**
 * Sends a CSV file as it is; it may be longer than fits into memory.
 * @throws ApiError with a detail for each bad row, whose target is `line:column`
 */
export async function sendFile<T>(client: Client, path: string, file: File): Promise<T> {
  const response = await fetch(`${client.baseUrl}${path}`, {
    method: 'POST',
    headers: { authorization: await client.authorization(), 'content-type': 'text/csv', accept: 'application/json' },
    body: file,
  });
  const body: unknown = await response.json().catch(() => undefined);
  // `as`: our own server's answer, of this form when it did what was asked.
  if (response.ok) return body as T;
  throw apiErrorOf(response.status, body);
}
