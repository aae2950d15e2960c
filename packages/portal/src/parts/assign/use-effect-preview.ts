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

/** A question what a change would do. */
interface PreviewAsked {
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** There is something to ask about, and the person may ask. */
  readonly isAsked: boolean;
}

/**
 * Asks what a change would do, without doing it.
 * @returns `isCurrent`: what is told is of exactly this change; `isReady`: so is what there is to wait for, also where nothing is asked or can be told
 */
export function usePreview({ method = 'POST', path, body, isAsked }: PreviewAsked) {
  const { client } = useSession();
  const wanted = JSON.stringify(body ?? null);
  const asked = useLater(wanted);
  const query = useQuery({
    queryKey: [path, asked],
    queryFn: ({ signal }) => client.send<Effect>(method, path, JSON.parse(asked) ?? undefined, signal),
    enabled: isAsked && asked === wanted,
    placeholderData: keepPreviousData,
    meta: previewMeta,
    gcTime: 0,
  });
  const isCurrent = asked === wanted && !query.isPlaceholderData && !query.isError && query.data !== undefined;
  const error = asked === wanted ? query.error : null;
  return {
    isAsked,
    effect: query.data,
    error,
    isCurrent,
    isReady: !isAsked || isCurrent || error !== null,
    refetch: query.refetch,
  };
}

/** Of licenses of a group, or of some users directly. */
export const useEffectPreview = (target: LicenseTarget, change: LicenseChange) =>
  usePreview({
    ...(target.kind === 'group'
      ? { path: `/allot/v1/groups/${target.groupId}/licensing/preview`, body: change }
      : {
          path: '/allot/v1/users/licensing/preview',
          body: { userIds: target.userIds.slice(0, previewedUsersMax), ...change },
        }),
    isAsked: !isNothing(change) && (target.kind === 'group' || target.userIds.length > 0),
  });

/** The value, once it has stayed the same for a moment; at first at once. */
function useLater(value: string): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
