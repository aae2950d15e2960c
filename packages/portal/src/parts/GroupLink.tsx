import { useRead } from '../api/use-api.ts';
import { PageLink } from './LinkButton.tsx';

/** A group by its name, as a link; by its id until the name is known. */
export function GroupLink({ groupId }: { readonly groupId: string }) {
  const { data } = useRead<{ readonly displayName: string }>(`/v1.0/groups/${groupId}?$select=id,displayName`);
  return (
    <PageLink to="/groups/$groupId" params={{ groupId }}>
      {data?.displayName ?? groupId}
    </PageLink>
  );
}
