import { useTranslation } from 'react-i18next';
import { CatalogueDialog } from './CatalogueDialog.tsx';

/** Deletes a product or a service plan that nothing uses; of one that is used the server says by what. */
export function DeleteFromCatalogue({
  name,
  path,
  onDeleted,
  onClose,
}: {
  readonly name: string;
  /** Of the DELETE. */
  readonly path: string;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('catalogue-editing');
  return (
    <CatalogueDialog
      method="DELETE"
      title={t('deleteTitle', { name })}
      confirm={t('delete')}
      path={path}
      changes={[t('deleted', { name })]}
      onDone={onDeleted}
      onClose={onClose}
    />
  );
}
