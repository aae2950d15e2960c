import {
  Card,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Skeleton,
  SkeletonItem,
  Subtitle1,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { LinkButton, PageLink } from '../../parts/LinkButton.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { SeatBar } from '../../parts/SeatBar.tsx';
import { useFormat } from '../../text/use-format.ts';
import { RecentChanges } from './RecentChanges.tsx';

interface Summary {
  readonly users: number;
  readonly licensesGranted: number;
  readonly products: readonly {
    readonly skuId: string;
    readonly skuPartNumber: string;
    readonly displayName: string;
    readonly usable: number;
    readonly consumed: number;
    readonly waiting: number;
  }[];
  readonly errors: readonly { readonly error: string; readonly count: number; readonly groups: number }[];
}

const useStyles = makeStyles({
  cards: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, margin: `${tokens.spacingVerticalL} 0` },
  card: { minWidth: '11rem' },
  section: { margin: `${tokens.spacingVerticalXXL} 0 ${tokens.spacingVerticalM}` },
});

export function Overview() {
  const { t } = useTranslation('overview');
  const styles = useStyles();
  const mayDo = useMay();
  const { data, error, refetch } = useRead<Summary>('/allot/v1/summary');
  return (
    <>
      <PageTitle title={t('title')} />
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton aria-label={t('title')}>
          <SkeletonItem size={72} style={{ marginTop: '16px' }} />
        </Skeleton>
      ) : (
        <>
          <Attention summary={data} />
          <Figures summary={data} />
          <Subtitle1 as="h2" block className={styles.section}>
            {t('products')}
          </Subtitle1>
          <Products products={data.products} />
        </>
      )}
      {mayDo(may.readAudit) && (
        <>
          <Subtitle1 as="h2" block className={styles.section}>
            {t('recent')}
          </Subtitle1>
          <RecentChanges />
        </>
      )}
    </>
  );
}

const groupsIn = ({ errors }: Summary): number => Math.max(0, ...errors.map(({ groups }) => groups));

function Attention({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation('overview');
  const { number } = useFormat();
  const count = groupsIn(summary);
  if (count === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{t('attention', { count, formatted: number(count) })}</MessageBarBody>
      <MessageBarActions>
        <LinkButton to="/group-errors">{t('seeGroups')}</LinkButton>
      </MessageBarActions>
    </MessageBar>
  );
}

function Figures({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation('overview');
  const styles = useStyles();
  const { number } = useFormat();
  const figures = [
    [t('users'), summary.users],
    [t('licenses'), summary.licensesGranted],
    [t('usersInError'), summary.errors.reduce((sum, { count }) => sum + count, 0)],
    [t('groupsInError'), groupsIn(summary)],
  ] as const;
  return (
    <div className={styles.cards}>
      {figures.map(([label, value]) => (
        <Card key={label} className={styles.card}>
          <Text>{label}</Text>
          <Title2 as="span">{number(value)}</Title2>
        </Card>
      ))}
    </div>
  );
}

function Products({ products }: Pick<Summary, 'products'>) {
  const { t } = useTranslation('overview');
  if (products.length === 0) return <Notice title={t('noProducts')} text={t('noProductsHint')} />;
  return (
    <Table aria-label={t('products')}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{t('product')}</TableHeaderCell>
          <TableHeaderCell>{t('seats')}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {products.map(({ skuId, displayName, skuPartNumber, consumed, usable, waiting }) => (
          <TableRow key={skuId}>
            <TableCell>
              <PageLink to="/products/$skuId" params={{ skuId }} title={skuPartNumber}>
                {displayName || skuPartNumber}
              </PageLink>
            </TableCell>
            <TableCell>
              <SeatBar used={consumed} usable={usable} waiting={waiting} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
