import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { readAgain } from '../../api/read-again.ts';
import { type BatchResult, sendInBatches } from '../../api/send-batch.ts';
import { useSession } from '../../session/use-session.ts';
import type { LicenseChange, LicenseTarget } from './license-target.ts';

/** How far an assignment is. `results` has an entry for each user; a group is one call. */
export type Assignment =
  | { readonly state: 'open' }
  | { readonly state: 'running'; readonly results: readonly BatchResult[]; readonly total: number }
  | { readonly state: 'done'; readonly results: readonly BatchResult[]; readonly total: number }
  | { readonly state: 'failed'; readonly error: Error };

const open: Assignment = { state: 'open' };

/** Does a change of licenses: at once for a group, twenty users at a time for users. */
export function useAssignment(target: LicenseTarget) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [assignment, setAssignment] = useState<Assignment>(open);
  const stopping = useRef<AbortController>(undefined);

  const run = async (change: LicenseChange) => {
    const total = target.kind === 'group' ? 1 : target.userIds.length;
    const stopped = new AbortController();
    stopping.current = stopped;
    setAssignment({ state: 'running', results: [], total });
    try {
      let results: readonly BatchResult[] = [];
      if (target.kind === 'group') {
        await client.send('POST', `/v1.0/groups/${target.groupId}/assignLicense`, change);
      } else {
        const requests = target.userIds.map((id) => ({
          id,
          method: 'POST' as const,
          url: `/users/${id}/assignLicense`,
          body: change,
        }));
        const onResults = (more: readonly BatchResult[]) => {
          results = [...results, ...more];
          setAssignment({ state: 'running', results, total });
        };
        await sendInBatches(client, requests, onResults, stopped.signal);
      }
      setAssignment({ state: 'done', results, total });
    } catch (error) {
      setAssignment({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
    await readAgain(queries);
  };
  const stop = useCallback(() => stopping.current?.abort(), []);
  const reset = useCallback(() => setAssignment(open), []);
  return { assignment, run, stop, reset };
}
