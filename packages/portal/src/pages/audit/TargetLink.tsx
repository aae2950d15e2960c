import type { Collection } from '@allot/contract';
import { useRead } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import type { AuditTarget } from './audit-entry.ts';
import { useTargetName } from './use-target-name.ts';

/** A user or group by name, with the way there; other objects by name alone. */
export function TargetLink({ target }: { readonly target: AuditTarget }) {
  const nameOf = useTargetName();
  const isLocal = useLocalAccounts();
  const name = nameOf(target);
  if (target.type === 'User' && isLocal(target.id)) {
    return (
      <PageLink to="/settings" search={{ tab: 'people' }}>
        {name}
      </PageLink>
    );
  }
  if (target.type === 'User') {
    return (
      <PageLink to="/users/$userId" params={{ userId: target.id }}>
        {name}
      </PageLink>
    );
  }
  if (target.type === 'Group') {
    return (
      <PageLink to="/groups/$groupId" params={{ groupId: target.id }}>
        {name}
      </PageLink>
    );
  }
  return name;
}

/** Local administrators are called users in the log, and are none of the directory's. */
function useLocalAccounts(): (id: string) => boolean {
  const mayDo = useMay();
  const { data } = useRead<Collection<{ readonly id: string; readonly local: boolean }>>('/allot/v1/accounts', {
    enabled: mayDo(may.readAccounts),
  });
  return (id) => data?.value.some((account) => account.local && account.id === id) ?? false;
}
