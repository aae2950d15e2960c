import { ApiError } from '@allot/contract';
import { Badge, Button, Caption1, makeStyles, Skeleton, SkeletonItem, Text, tokens } from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { memo, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { DeleteGroup } from './DeleteGroup.tsx';
import { followsRule, type GroupShown, useGroup } from './group-data.ts';
import { LicensesTab } from './licenses/LicensesTab.tsx';
import { MembersTab } from './members/MembersTab.tsx';
import { PropertiesTab } from './properties/PropertiesTab.tsx';
import { RuleTab } from './rule/RuleTab.tsx';

const useStyles = makeStyles({
  about: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalS} 0`,
    color: tokens.colorNeutralForeground2,
  },
});

const panels = {
  licenses: memo(LicensesTab),
  members: memo(MembersTab),
  rule: memo(RuleTab),
  properties: memo(PropertiesTab),
} as const;

const tabs = ['licenses', 'members', 'rule', 'properties'] as const;

/** A group: what it licenses, who is in it, and which rule says so. */
export function Group() {
  const { t } = useTranslation(['group', 'deleted']);
  const { groupId } = useParams({ from: '/groups/$groupId' });
  const { data: group, error, refetch } = useGroup(groupId);
  if (group !== undefined && error instanceof ApiError && error.status === 404) {
    return (
      <>
        <PageTitle title={group.displayName} />
        <Notice title={t('deleted')} text={t('deletedHint')} role="status">
          <LinkButton to="/groups" search={{ deleted: true }}>
            {t('deleted:groupsTitle')}
          </LinkButton>
          <LinkButton to="/groups">{t('toGroups')}</LinkButton>
        </Notice>
      </>
    );
  }
  if (error && group === undefined) {
    return (
      <>
        <PageTitle title={t('group')} />
        <Problem error={error} retry={() => void refetch()}>
          <LinkButton to="/groups">{t('toGroups')}</LinkButton>
        </Problem>
      </>
    );
  }
  if (group === undefined) {
    return (
      <Skeleton aria-label={t('group')}>
        <SkeletonItem size={32} />
      </Skeleton>
    );
  }
  return <KnownGroup key={group.id} group={group} />;
}

function KnownGroup({ group }: { readonly group: GroupShown }) {
  const { t } = useTranslation(['group', 'groups']);
  const styles = useStyles();
  const mayDo = useMay();
  const { tab = 'licenses' } = useSearch({ from: '/groups/$groupId' });
  const navigate = useNavigate({ from: '/groups/$groupId' });
  const [isDeleting, setDeleting] = useState(false);
  // The tab is marked at once; what it shows may take longer to draw, and follows.
  const shown = useDeferredValue(tab);
  const Panel = panels[shown];
  return (
    <>
      <PageTitle
        title={group.displayName}
        actions={
          mayDo(may.changeGroups, group.id) && (
            <Button icon={<Delete20Regular />} appearance="subtle" onClick={() => setDeleting(true)}>
              {t('delete')}
            </Button>
          )
        }
      />
      <div className={styles.about}>
        <Badge appearance="outline" color="informative">
          {followsRule(group) ? t('groups:dynamic') : t('groups:assigned')}
        </Badge>
        {group.description && <Text>{group.description}</Text>}
        <Caption1>{t('id', { id: group.id })}</Caption1>
      </div>
      <Tabs
        label={t('tabs')}
        tabs={tabs.map((id) => ({ id, name: t(`tab_${id}`) }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: id === 'licenses' ? {} : { tab: id } })}
      >
        <Panel group={group} />
      </Tabs>
      <DeleteGroup group={group} open={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}
