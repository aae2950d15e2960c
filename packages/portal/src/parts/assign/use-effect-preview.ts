import type { PlanEffect, UserLicensePreview } from '@allot/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { previewMeta } from '../../api/read-again.ts';
import { useSession } from '../../session/use-session.ts';
import { isNothing, type LicenseChange, type LicenseTarget, previewedUsersMax } from './license-target.ts';

/** What a change would do; of users also what each of them gets. */
export type Effect = PlanEffect & Partial<Pick<UserLicensePreview, 'users' | 'others'>>;

/** Whoever switches several services on and off is asked about once. */
const pauseMs = 250;

/**
 * Asks what a change would do, without doing it.
 * @returns `isCurrent`: what is told is of exactly this change
 */
export function useEffectPreview(target: LicenseTarget, change: LicenseChange) {
  const { client } = useSession();
  const [path, body] =
    target.kind === 'group'
      ? [`/allot/v1/groups/${target.groupId}/licensing/preview`, change]
      : ['/allot/v1/users/licensing/preview', { userIds: target.userIds.slice(0, previewedUsersMax), ...change }];
  const wanted = JSON.stringify(body);
  const asked = useLater(wanted);
  const isAsked = !isNothing(change) && (target.kind === 'group' || target.userIds.length > 0);
  const query = useQuery({
    queryKey: [path, asked],
    queryFn: () => client.send<Effect>('POST', path, JSON.parse(asked)),
    enabled: isAsked && asked === wanted,
    placeholderData: keepPreviousData,
    meta: previewMeta,
    gcTime: 0,
  });
  const isCurrent = asked === wanted && !query.isPlaceholderData && !query.isError && query.data !== undefined;
  return {
    isAsked,
    effect: query.data,
    error: asked === wanted ? query.error : null,
    isCurrent,
    refetch: query.refetch,
  };
}

/** The value, once it has stayed the same for a moment; at first at once. */
function useLater(value: string): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
