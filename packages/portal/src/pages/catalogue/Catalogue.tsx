import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withoutEmpty } from '../../without-empty.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { ImportTab } from './import/ImportTab.tsx';
import { PlansTab } from './PlansTab.tsx';
import { ProductsTab } from './ProductsTab.tsx';
import type { CatalogueTab } from './routes.ts';
import { RulesTab } from './RulesTab.tsx';

const useStyles = makeStyles({ tabs: { overflowX: 'auto', margin: `${tokens.spacingVerticalS} 0 0 -10px` } });

/** Products and service plans that there are, and what may not go together. */
export function Catalogue() {
  const styles = useStyles();
  const { t } = useTranslation('catalogue');
  const mayDo = useMay();
  const { tab = 'products', filter } = useSearch({ from: '/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  const onFilter = (text: string) =>
    void navigate({
      search: (now) => withoutEmpty({ ...now, filter: text }),
      replace: true,
    });
  const shared = { filter, onFilter };
  return (
    <>
      <PageTitle title={t('title')} />
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        // `as`: the values of the tabs below.
        onTabSelect={(_, { value }) => void navigate({ search: { tab: value as CatalogueTab } })}
      >
        <Tab value="products">{t('products')}</Tab>
        <Tab value="plans">{t('plans')}</Tab>
        <Tab value="rules">{t('rules')}</Tab>
        {mayDo(may.importFiles) && <Tab value="import">{t('import')}</Tab>}
      </TabList>
      {tab === 'products' && <ProductsTab {...shared} />}
      {tab === 'plans' && <PlansTab {...shared} />}
      {tab === 'rules' && <RulesTab {...shared} />}
      {tab === 'import' && <ImportTab />}
    </>
  );
}
