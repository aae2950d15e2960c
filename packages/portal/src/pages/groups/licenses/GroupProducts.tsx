import { Button, makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { Add20Regular, ArrowSync20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { AssignLicenses } from '../../../parts/assign/AssignLicenses.tsx';
import { RemoveLicenses } from '../../../parts/assign/RemoveLicenses.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { useSession } from '../../../session/use-session.ts';
import type { GroupShown } from '../group-data.ts';
import { GroupProduct } from './GroupProduct.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between' },
  heading: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

type Open =
  | { readonly dialog: 'assign'; readonly skuId?: string }
  | { readonly dialog: 'remove'; readonly skuId: string }
  | { readonly dialog: 'reprocess' };

/** The products of a group, and what can be done with them. */
export function GroupProducts({ group }: { readonly group: GroupShown }) {
  const { t } = useTranslation('group');
  const styles = useStyles();
  const { client } = useSession();
  const mayChange = useMay()(may.licenseGroups, group.id);
  const [open, setOpen] = useState<Open>();
  const target = { kind: 'group', groupId: group.id } as const;
  const close = () => setOpen(undefined);
  const isLicensed = group.assignedLicenses.length > 0;
  return (
    <section aria-labelledby="products-of-group">
      <div className={styles.head}>
        <Subtitle1 as="h2" block className={styles.heading} id="products-of-group">
          {t('products')}
        </Subtitle1>
        {mayChange && (
          <div className={styles.buttons}>
            <Button appearance="primary" icon={<Add20Regular />} onClick={() => setOpen({ dialog: 'assign' })}>
              {t('assign')}
            </Button>
            {isLicensed && (
              <Button
                appearance="subtle"
                icon={<ArrowSync20Regular />}
                onClick={() => setOpen({ dialog: 'reprocess' })}
              >
                {t('reprocess')}
              </Button>
            )}
          </div>
        )}
      </div>
      {isLicensed ? (
        <ul className={styles.list}>
          {group.assignedLicenses.map(({ skuId, disabledPlans }) => (
            <GroupProduct
              key={skuId}
              skuId={skuId}
              disabledPlans={disabledPlans}
              onChange={mayChange ? () => setOpen({ dialog: 'assign', skuId }) : undefined}
              onRemove={mayChange ? () => setOpen({ dialog: 'remove', skuId }) : undefined}
            />
          ))}
        </ul>
      ) : (
        <Notice title={t('noProducts')} text={mayChange ? t('noProductsHint') : t('noProductsReadOnly')} />
      )}
      {open?.dialog === 'assign' && (
        <AssignLicenses
          target={target}
          open
          onClose={close}
          {...(open.skuId === undefined ? {} : { skuId: open.skuId })}
        />
      )}
      {open?.dialog === 'remove' && <RemoveLicenses target={target} skuId={open.skuId} open onClose={close} />}
      <ConfirmDialog
        title={t('reprocessTitle')}
        confirm={t('reprocess')}
        open={open?.dialog === 'reprocess'}
        onClose={close}
        run={() => client.send('POST', `/allot/v1/groups/${group.id}/reprocess`)}
      >
        {t('reprocessText')}
      </ConfirmDialog>
    </section>
  );
}
