import { useRead } from '../../../api/use-api.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';

interface Named {
  readonly displayName: string;
}

/** A group by its name, with the way to it; by its id while nobody has said the name. */
export function GroupName({ id }: { readonly id: string }) {
  const { data } = useRead<Named>(`/v1.0/groups/${id}?$select=id,displayName`);
  return (
    <PageLink to="/groups/$groupId" params={{ groupId: id }}>
      {data?.displayName ?? id}
    </PageLink>
  );
}

/** A user of the directory likewise. */
export function UserName({ id }: { readonly id: string }) {
  const { data } = useRead<Named>(`/v1.0/users/${id}?$select=id,displayName`);
  return (
    <PageLink to="/users/$userId" params={{ userId: id }}>
      {data?.displayName ?? id}
    </PageLink>
  );
}
