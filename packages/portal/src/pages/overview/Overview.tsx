import type { Summary } from '@allot/contract';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { may, useMay, useMe } from '../../api/use-permissions.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useFormat } from '../../text/use-format.ts';
import { EndingSubscriptions } from './EndingSubscriptions.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { Figures } from './Figures.tsx';
import { OverviewSection } from './OverviewSection.tsx';
import { OwnGroups } from './OwnGroups.tsx';
import { ProcessingGroups } from './ProcessingGroups.tsx';
import { ProductSeatsTable } from './ProductSeatsTable.tsx';
import { RecentChanges } from './RecentChanges.tsx';

/** The organization at a glance: what needs attention first, then seats, then what happens. */
export function Overview() {
  const { t } = useTranslation('overview');
  const mayDo = useMay();
  const { data: me } = useMe();
  if (me === undefined) return <PageTitle title={t('title')} />;
  return (
    <>
      <PageTitle title={t('title')} />
      {me.roles.some(({ groupId }) => groupId === null) ? <WholeOrganization /> : <OwnGroups me={me} />}
      {mayDo(may.readAudit) && (
        <OverviewSection title={t('recent')}>
          <RecentChanges />
        </OverviewSection>
      )}
    </>
  );
}

function WholeOrganization() {
  const { t } = useTranslation('overview');
  const { data, error, refetch } = useRead<Summary>('/allot/v1/summary');
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Text role="status">{t('loading')}</Text>;
  return (
    <>
      <Attention count={data.groupsInError} />
      <FirstSteps summary={data} />
      <Figures summary={data} />
      <ProcessingGroups />
      <OverviewSection title={t('products')}>
        <ProductSeatsTable products={data.products} />
      </OverviewSection>
      <EndingSubscriptions />
    </>
  );
}

const useStyles = makeStyles({
  attention: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
});

function Attention({ count }: { readonly count: number }) {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const { number } = useFormat();
  if (count === 0) return null;
  return (
    <div className={styles.attention} role="status">
      <Text>{t('attention', { count, formatted: number(count) })}</Text>
      <LinkButton to="/group-errors">{t('seeGroups')}</LinkButton>
    </div>
  );
}
