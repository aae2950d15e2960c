import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../../parts/LinkButton.tsx';
import type { Column } from '../../../parts/table/DataTable.tsx';

/** A member as listed; groups have no user principal name. */
export interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName?: string;
  readonly usageLocation?: string | null;
}

export function useMemberColumns(kind: 'user' | 'group'): readonly Column<Member>[] {
  const { t, i18n } = useTranslation('members');
  return useMemo(() => {
    const countries = new Intl.DisplayNames(i18n.language, { type: 'region' });
    const name: Column<Member> = {
      id: 'displayName',
      header: t('name'),
      sortable: true,
      width: 'minmax(8rem, 2fr)',
      cell: ({ id, displayName }) =>
        kind === 'user' ? (
          <PageLink to="/users/$userId" params={{ userId: id }}>
            {displayName}
          </PageLink>
        ) : (
          <PageLink to="/groups/$groupId" params={{ groupId: id }}>
            {displayName}
          </PageLink>
        ),
    };
    if (kind === 'group') return [name];
    return [
      name,
      {
        id: 'userPrincipalName',
        header: t('principalName'),
        sortable: true,
        width: 'minmax(11rem, 2fr)',
        cell: ({ userPrincipalName }) => <span title={userPrincipalName}>{userPrincipalName}</span>,
      },
      {
        id: 'usageLocation',
        header: t('location'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ usageLocation }) => (usageLocation ? countries.of(usageLocation) : '–'),
      },
    ];
  }, [t, i18n.language, kind]);
}
