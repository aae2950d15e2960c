import { ApiError, type Client, type ErrorDetail } from '@allot/contract';

/** What every refusal of the server looks like. */
interface Refusal {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly details?: readonly ErrorDetail[];
    readonly innerError?: { readonly advice?: string };
  };
}

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
  const { error } = (body ?? {}) as Refusal;
  throw new ApiError(response.status, error?.code ?? '', error?.message ?? `HTTP ${response.status}`, {
    ...(error?.innerError?.advice === undefined ? {} : { advice: error.innerError.advice }),
    ...(error?.details === undefined ? {} : { details: error.details }),
  });
}
