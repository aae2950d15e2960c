import { PageLink } from '../../parts/LinkButton.tsx';
import type { AuditTarget } from './audit-entry.ts';

/** A user or group by name, with the way there; other objects by name alone. */
export function TargetLink({ target }: { readonly target: AuditTarget }) {
  const name = target.displayName ?? target.id;
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
