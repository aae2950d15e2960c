import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withoutEmpty } from '../../without-empty.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { ImportTab } from './import/ImportTab.tsx';
import { PlansTab } from './PlansTab.tsx';
import { ProductsTab } from './ProductsTab.tsx';
import { RulesTab } from './RulesTab.tsx';

/** Products and service plans that there are, and what may not go together. */
export function Catalogue() {
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
  const tabs = [
    'products' as const,
    'plans' as const,
    'rules' as const,
    ...(mayDo(may.importFiles) ? ['import' as const] : []),
  ];
  return (
    <>
      <PageTitle title={t('title')} />
      <Tabs
        label={t('title')}
        tabs={tabs.map((id) => ({ id, name: t(id) }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: { tab: id } })}
      >
        {tab === 'products' && <ProductsTab {...shared} />}
        {tab === 'plans' && <PlansTab {...shared} />}
        {tab === 'rules' && <RulesTab {...shared} />}
        {tab === 'import' && <ImportTab />}
      </Tabs>
    </>
  );
}
