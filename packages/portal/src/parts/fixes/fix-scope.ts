import type { LicenseFix, UserInError } from '@allot/contract';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../session/use-session.ts';

/** Somebody whom a fix helps. */
export interface FixUser {
  readonly id: string;
  readonly displayName: string;
}

/** Whom a fix is for: one user, or all whom one cause of a group's errors concerns. Ids are UUIDs. */
export type FixScope =
  | { readonly kind: 'user'; readonly user: FixUser }
  | { readonly kind: 'cause'; readonly groupId: string; readonly error: string; readonly skuId: string };

/** A user with the fix as it is for that user: what else a direct license has off differs from user to user. */
export interface FixTarget<Fix extends LicenseFix = LicenseFix> {
  readonly user: FixUser;
  readonly fix: Fix;
}

const pageUsers = 500;

/** Everybody of the scope whom the fix helps; undefined while they are being found. */
export function useFixTargets<Fix extends LicenseFix>(scope: FixScope, fix: Fix) {
  const { client } = useSession();
  const path = scope.kind === 'cause' ? causeUsersPath(scope, pageUsers) : '';
  const query = useQuery({
    queryKey: [path, 'targets', JSON.stringify(sameness(fix))],
    enabled: scope.kind === 'cause',
    queryFn: async ({ signal }) => {
      const targets: FixTarget<Fix>[] = [];
      for await (const users of client.pages<UserInError>(path, {}, signal)) {
        for (const { id, displayName, fixes } of users) {
          const own = fixes.find((one) => isSame(one, fix));
          // `as`: it has the kind of the fix.
          if (own) targets.push({ user: { id, displayName }, fix: own as Fix });
        }
      }
      return targets;
    },
  });
  if (scope.kind === 'user') return { targets: [{ user: scope.user, fix }], error: null };
  return { targets: query.data, error: query.error };
}

/** Who is concerned by one cause, as `GET /allot/v1/groups/{id}/errors/users` tells. */
export const causeUsersPath = ({ groupId, error, skuId }: Extract<FixScope, { kind: 'cause' }>, top: number): string =>
  `/allot/v1/groups/${groupId}/errors/users?error=${encodeURIComponent(error)}&skuId=${skuId}&$top=${top}`;

/** What makes a fix of one user the same as that of another. */
const sameness = (fix: LicenseFix) => [fix.kind, 'skuId' in fix ? fix.skuId : '', 'groupId' in fix ? fix.groupId : ''];

const isSame = (one: LicenseFix, other: LicenseFix): boolean =>
  JSON.stringify(sameness(one)) === JSON.stringify(sameness(other));
