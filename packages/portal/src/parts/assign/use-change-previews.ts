import { may, useMay } from '../../api/use-permissions.ts';
import { usePreview } from './use-effect-preview.ts';

/** Users or members of whom one preview tells; the server takes no more. */
export const previewedMax = 1_000;

/** What adding members to a group, or removing some, would do to licenses. */
export function useMembersPreview(groupId: string, change: 'addMembers' | 'removeMembers', ids: readonly string[]) {
  const mayAsk = useMay()(may.readLicensing, groupId);
  return usePreview({
    path: `/allot/v1/groups/${groupId}/members/preview`,
    body: { [change]: ids.slice(0, previewedMax) },
    isAsked: mayAsk && ids.length > 0,
  });
}

/** What the same change of some users would do to licenses. */
export function useUsersPreview(userIds: readonly string[], change: Readonly<Record<string, unknown>>) {
  const mayAsk = useMay()(may.readLicensing);
  return usePreview({
    path: '/allot/v1/users/changes/preview',
    body: { userIds: userIds.slice(0, previewedMax), change },
    isAsked: mayAsk && userIds.length > 0 && Object.keys(change).length > 0,
  });
}

/** What other mail addresses of a user would do to licenses, also of those who share one. */
export function useAddressesPreview(userId: string, proxyAddresses: readonly string[] | undefined) {
  const mayAsk = useMay()(may.readLicensing);
  return usePreview({
    path: `/allot/v1/users/${userId}/addresses/preview`,
    body: { proxyAddresses: proxyAddresses ?? [] },
    isAsked: mayAsk && proxyAddresses !== undefined,
  });
}

/** What deleting users would do to licenses. */
export function useDeletionPreview(userIds: readonly string[]) {
  const mayAsk = useMay()(may.readLicensing);
  return usePreview({
    path: '/allot/v1/users/deletion/preview',
    body: { userIds: userIds.slice(0, previewedMax) },
    isAsked: mayAsk && userIds.length > 0,
  });
}
