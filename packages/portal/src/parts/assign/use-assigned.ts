import type { AssignedLicense, Collection, LicenseAssignmentState } from '@allot/contract';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../session/use-session.ts';
import type { LicenseTarget } from './license-target.ts';

interface Group {
  readonly displayName: string;
  readonly assignedLicenses: readonly AssignedLicense[];
}

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
}

/** What a target has itself. */
export interface Assigned {
  /** Of a group, or of one user; of many users each product once. */
  readonly licenses: readonly AssignedLicense[];
  /** Who has a product directly: ids of users, by `skuId`. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** Of a group, or of one user. */
  readonly name: string | undefined;
}

const nothing: Assigned = { licenses: [], holders: new Map(), name: undefined };
/** Users of one request: that many ids make a filter of some 2 kB. */
const usersMax = 50;

/** What a group has been assigned, or users directly. */
export function useAssigned(target: LicenseTarget): Assigned & { readonly isRead: boolean } {
  const { client } = useSession();
  const { data } = useQuery({
    queryKey: ['assigned', target],
    queryFn: async ({ signal }): Promise<Assigned> => {
      if (target.kind === 'group') {
        const path = `/v1.0/groups/${target.groupId}?$select=id,displayName,assignedLicenses`;
        const { displayName, assignedLicenses } = await client.get<Group>(path, {}, signal);
        return { licenses: assignedLicenses, holders: new Map(), name: displayName };
      }
      const users: User[] = [];
      for (let start = 0; start < target.userIds.length; start += usersMax) {
        const ids = target.userIds.slice(start, start + usersMax).map((id) => `'${id}'`);
        const filter = encodeURIComponent(`id in (${ids.join(',')})`);
        const path = `/v1.0/users?$top=${usersMax}&$select=id,displayName,licenseAssignmentStates&$filter=${filter}`;
        users.push(...(await client.get<Collection<User>>(path, {}, signal)).value);
      }
      return assignedTo(users);
    },
  });
  return { ...(data ?? nothing), isRead: data !== undefined };
}

function assignedTo(users: readonly User[]): Assigned {
  const holders = new Map<string, string[]>();
  const licenses = new Map<string, AssignedLicense>();
  for (const { id, licenseAssignmentStates } of users) {
    for (const { skuId, disabledPlans, assignedByGroup } of licenseAssignmentStates) {
      if (assignedByGroup !== null) continue;
      holders.set(skuId, [...(holders.get(skuId) ?? []), id]);
      // Many users may have different services: new ones are then offered with everything on.
      licenses.set(skuId, { skuId, disabledPlans: users.length === 1 ? disabledPlans : [] });
    }
  }
  return { licenses: [...licenses.values()], holders, name: users.length === 1 ? users[0]?.displayName : undefined };
}
