import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { memo, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { useSeats } from '../../api/use-seats.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { SeatBar } from '../../parts/SeatBar.tsx';
import { useFormat } from '../../text/use-format.ts';
import { AssignProduct } from './AssignProduct.tsx';
import { LicensedGroups } from './LicensedGroups.tsx';
import { LicensedUsers } from './LicensedUsers.tsx';
import { productTabs } from './routes.ts';
import { SeatHistory } from './SeatHistory.tsx';
import { Services } from './Services.tsx';
import { Subscriptions } from './subscriptions/Subscriptions.tsx';
import { WaitingLine } from './WaitingLine.tsx';

const narrow = '@media (max-width: 52rem)';

const useStyles = makeStyles({
  head: {
    display: 'grid',
    gridTemplateColumns: '20rem minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXXL,
    margin: `${tokens.spacingVerticalM} 0`,
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  },
  facts: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground3, userSelect: 'all', overflowWrap: 'anywhere' },
});

const panels = {
  users: memo(LicensedUsers),
  groups: memo(LicensedGroups),
  waiting: memo(WaitingLine),
  subscriptions: memo(Subscriptions),
  services: memo(Services),
} as const;

const tabNames = {
  users: 'tabUsers',
  groups: 'tabGroups',
  waiting: 'tabWaiting',
  subscriptions: 'tabSubscriptions',
  services: 'tabServices',
} as const;

export function Product() {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { number } = useFormat();
  const { skuId } = useParams({ from: '/products/$skuId' });
  const { tab = 'users' } = useSearch({ from: '/products/$skuId' });
  // The tab is marked at once; what it shows may take longer to draw, and follows.
  const shown = useDeferredValue(tab);
  const navigate = useNavigate({ from: '/products/$skuId' });
  const mayDo = useMay();
  const { productName, productById, products } = useProducts();
  const { seats, isRead } = useSeats();
  const [isAssigning, setAssigning] = useState(false);
  const own = seats.find((one) => one.skuId === skuId);
  const Panel = panels[shown];
  if (isRead && products.length > 0 && !productById.has(skuId)) {
    return (
      <>
        <PageTitle title={t('product')} />
        <Notice title={t('unknown')} text={t('unknownHint')} role="alert">
          <LinkButton to="/products">{t('toProducts')}</LinkButton>
        </Notice>
      </>
    );
  }
  const mayAssign = own !== undefined && (mayDo(may.licenseUsers) || mayDo(may.licenseGroups));
  return (
    <>
      <PageTitle
        title={productName(skuId)}
        actions={
          mayAssign && (
            <Button appearance="primary" onClick={() => setAssigning(true)}>
              {t('assign')}
            </Button>
          )
        }
      />
      <Caption1 className={styles.quiet}>{productById.get(skuId)?.skuPartNumber}</Caption1>
      <div className={styles.head}>
        <div className={styles.facts}>
          {own ? (
            <SeatBar used={own.consumed} usable={own.usable} waiting={own.waiting} />
          ) : (
            isRead && <Caption1>{t('noSeats')}</Caption1>
          )}
        </div>
        <SeatHistory skuId={skuId} />
      </div>
      <Tabs
        label={t('parts')}
        tabs={productTabs.map((id) => ({
          id,
          name: id === 'waiting' && own ? t('tabWaitingCount', { formatted: number(own.waiting) }) : t(tabNames[id]),
        }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: { tab: id } })}
      >
        <Panel skuId={skuId} />
      </Tabs>
      {isAssigning && <AssignProduct skuId={skuId} onClose={() => setAssigning(false)} />}
    </>
  );
}
