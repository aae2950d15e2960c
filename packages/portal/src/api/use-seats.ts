import type { ProductSeats, Summary } from '@allot/contract';
import { useRead } from './use-api.ts';

const none: readonly ProductSeats[] = [];

/** Products of which the organization has seats, with how many are used, free and waited for. */
export function useSeats() {
  const { data, error, refetch } = useRead<Summary>('/allot/v1/summary');
  return { seats: data?.products ?? none, isRead: data !== undefined, error, refetch };
}
