import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { Add20Regular, PersonDelete20Regular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRowCount } from '../../../api/use-api.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { DataTable } from '../../../parts/table/DataTable.tsx';
import { NoRows } from '../../../parts/table/NoRows.tsx';
import { ExportCsv } from '../../../parts/table/ExportCsv.tsx';
import { listPath, startsWith } from '../../../parts/table/list-path.ts';
import { TableTools } from '../../../parts/table/TableTools.tsx';
import { Tabs } from '../../../parts/Tabs.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { followsRule, type GroupShown, useMemberCount } from '../group-data.ts';
import { AddMembers } from './AddMembers.tsx';
import { type Member, useMemberColumns } from './member-columns.tsx';
import { RemoveMembers } from './RemoveMembers.tsx';

const kinds = ['user', 'group'] as const;

/** Who is in a group: users, and groups nested in it. */
export function MembersTab({ group }: { readonly group: GroupShown }) {
  const { t } = useTranslation(['members', 'group']);
  const { number } = useFormat();
  const { filter, sort = 'displayName', kind = 'user' } = useSearch({ from: '/groups/$groupId' });
  const navigate = useNavigate({ from: '/groups/$groupId' });
  const isByRule = followsRule(group);
  const mayChange = useMay()(may.changeMembers, group.id) && !isByRule;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'add' | 'remove'>();
  const counts = { user: useMemberCount(group.id, 'user'), group: useMemberCount(group.id, 'group') };
  const path = listPath(`/v1.0/groups/${group.id}/members/microsoft.graph.${kind}`, {
    select: kind === 'user' ? ['id', 'displayName', 'userPrincipalName', 'usageLocation'] : ['id', 'displayName'],
    filter: startsWith(kind === 'user' ? ['displayName', 'userPrincipalName'] : ['displayName'], filter),
    sort,
  });
  const rows = useList<Member>(path);
  const count = useRowCount(path, rows);
  const columns = useMemberColumns(kind);
  const chosen = (rows.data?.pages ?? []).flatMap(({ value }) => value.filter(({ id }) => selected.has(id)));
  return (
    <>
      {isByRule && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('byRule')}{' '}
            <PageLink to="/groups/$groupId" params={{ groupId: group.id }} search={{ tab: 'rule' }}>
              {t('toRule')}
            </PageLink>
          </MessageBarBody>
        </MessageBar>
      )}
      <Tabs
        isSmall
        label={t('kinds')}
        tabs={kinds.map((id) => ({
          id,
          name: t(id === 'user' ? 'users' : 'groups', { formatted: number(counts[id] ?? 0) }),
        }))}
        selected={kind}
        onSelect={(id) => {
          setSelected(new Set());
          void navigate({ search: { tab: 'members', ...(id === 'group' ? { kind: 'group' } : {}) } });
        }}
      >
        <TableTools
          filter={filter}
          filterHint={kind === 'user' ? t('filterUsers') : t('filterGroups')}
          onFilter={(text) => void navigate({ search: (now) => ({ ...now, filter: text }), replace: true })}
          count={count}
        >
          {mayChange && (
            <Button appearance="primary" icon={<Add20Regular />} onClick={() => setDialog('add')}>
              {t('add')}
            </Button>
          )}
          {mayChange && selected.size > 0 && (
            <Button icon={<PersonDelete20Regular />} onClick={() => setDialog('remove')}>
              {t('remove', { count: chosen.length, formatted: number(chosen.length) })}
            </Button>
          )}
          <ExportCsv<Member>
            path={path}
            count={count}
            name={group.displayName}
            columns={[
              ['id', ({ id }) => id],
              [t('name'), ({ displayName }) => displayName],
              [t('principalName'), ({ userPrincipalName }) => userPrincipalName ?? ''],
            ]}
          />
        </TableTools>
        <DataTable
          label={
            kind === 'user' ? t('usersOf', { name: group.displayName }) : t('groupsOf', { name: group.displayName })
          }
          columns={columns}
          rows={rows}
          idOf={({ id }) => id}
          nameOf={({ displayName }) => displayName}
          sort={sort}
          onSort={(next) => void navigate({ search: (now) => ({ ...now, sort: next }), replace: true })}
          {...(mayChange ? { selection: { ids: selected, change: setSelected } } : {})}
          height="calc(100vh - 20rem)"
          empty={
            <NoRows
              isFiltered={filter !== undefined}
              title={kind === 'user' ? t('noUsers') : t('noGroups')}
              hint={isByRule ? t('emptyByRule') : kind === 'user' ? t('emptyHint') : t('noGroupsHint')}
            />
          }
        />
      </Tabs>
      {dialog === 'add' && <AddMembers group={group} onClose={() => setDialog(undefined)} />}
      {dialog === 'remove' && (
        <RemoveMembers
          group={group}
          members={chosen}
          onClose={() => {
            setDialog(undefined);
            setSelected(new Set());
          }}
        />
      )}
    </>
  );
}
