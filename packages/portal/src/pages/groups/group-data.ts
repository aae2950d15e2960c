import type { Group, GroupErrorCause, GroupLicensing, Collection } from '@allot/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { readAgain } from '../../api/read-again.ts';
import { useCount, useRead } from '../../api/use-api.ts';
import { useSession } from '../../session/use-session.ts';

/** What the pages of a group show of it. */
export interface GroupShown extends Group {
  readonly id: string;
  readonly displayName: string;
  /** The name by which whoever manages groups as code finds one. */
  readonly uniqueName?: string | null;
  readonly groupTypes: readonly string[];
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
}

const shown = [
  'id',
  'displayName',
  'description',
  'mailNickname',
  'uniqueName',
  'groupTypes',
  'membershipRule',
  'membershipRuleProcessingState',
  'assignedLicenses',
  'createdDateTime',
];

export const useGroup = (groupId: string) => useRead<GroupShown>(`/v1.0/groups/${groupId}?$select=${shown.join(',')}`);

export const followsRule = ({ groupTypes }: Pick<GroupShown, 'groupTypes'>): boolean =>
  groupTypes.includes('DynamicMembership');

/** How often a group that is being processed is asked how far it is. */
const progressMs = 1000;

const isWorking = (licensing: GroupLicensing | undefined): boolean =>
  licensing !== undefined &&
  (licensing.state !== 'ProcessingComplete' ||
    licensing.deletionRequestedDateTime !== null ||
    (licensing.rule !== null && ['Not started', 'Evaluating', 'Processing'].includes(licensing.rule.status)));

/** How a group licenses its members, and how far it is; asked again every second while it is at work. */
export function useGroupLicensing(groupId: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  const path = `/allot/v1/groups/${groupId}/licensing`;
  const query = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => client.get<GroupLicensing>(path, {}, signal),
    refetchInterval: ({ state }) => (isWorking(state.data) ? progressMs : false),
  });
  const wasWorking = useRef(false);
  const works = isWorking(query.data);
  useEffect(() => {
    // What it ended with: licenses, errors, members.
    if (wasWorking.current && !works) void readAgain(queries, ({ queryKey: [read] }) => read !== path);
    wasWorking.current = works;
  }, [works, queries, path]);
  return query;
}

export const useErrorCauses = (groupId: string) =>
  useRead<Collection<GroupErrorCause>>(`/allot/v1/groups/${groupId}/errors`);

/** Members of one kind: how many there are; undefined until it is known. */
export const useMemberCount = (groupId: string, kind: 'user' | 'group'): number | undefined =>
  useCount(`/v1.0/groups/${groupId}/members/microsoft.graph.${kind}`);

/** Users whom the group could not license, now. */
export const useInErrorCount = (groupId: string): number | undefined =>
  useCount(`/v1.0/groups/${groupId}/membersWithLicenseErrors`);
