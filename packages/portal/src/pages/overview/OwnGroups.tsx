import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import type { Me } from '../../api/use-permissions.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useRoleWords } from '../../text/use-role-words.ts';
import { OverviewSection } from './OverviewSection.tsx';

/** For whoever has roles for single groups only: those groups. */
export function OwnGroups({ me }: { readonly me: Me }) {
  const { t } = useTranslation('overview');
  const groups = [...new Set(me.roles.flatMap(({ groupId }) => groupId ?? []))];
  return (
    <OverviewSection title={t('ownGroups')}>
      <Text>{t('ownGroupsText')}</Text>
      <ul>
        {groups.map((id) => (
          <li key={id}>
            <OwnGroup id={id} roles={me.roles.filter(({ groupId }) => groupId === id)} />
          </li>
        ))}
      </ul>
    </OverviewSection>
  );
}

function OwnGroup({ id, roles }: { readonly id: string; readonly roles: Me['roles'] }) {
  const { list } = useFormat();
  const roleWords = useRoleWords();
  const { data } = useRead<{ readonly displayName: string }>(`/v1.0/groups/${id}?$select=id,displayName`);
  return (
    <>
      <PageLink to="/groups/$groupId" params={{ groupId: id }}>
        {data?.displayName ?? id}
      </PageLink>{' '}
      · {list(roles.map((role) => roleWords(role).name))}
    </>
  );
}
