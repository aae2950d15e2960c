import { Checkbox, MessageBar, MessageBarBody, Spinner, Text } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { EffectPreview } from '../../parts/assign/EffectPreview.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';
import { type GroupShown, useMemberCount } from './group-data.ts';

/** Deletes a group; one that has licenses only together with them, after showing who loses what. */
export function DeleteGroup({
  group,
  open,
  onClose,
}: {
  readonly group: GroupShown;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('group');
  const { client } = useSession();
  const { number, list } = useFormat();
  const { productName } = useProducts();
  const navigate = useNavigate();
  const users = useMemberCount(group.id, 'user');
  const [isAgreed, setAgreed] = useState(false);
  const skuIds = group.assignedLicenses.map(({ skuId }) => skuId);
  const isLicensed = skuIds.length > 0;
  const run = () => client.send('DELETE', `/v1.0/groups/${group.id}${isLicensed ? '?removeLicenses=true' : ''}`);
  // A licensed group stays until its licenses are gone, and its page tells how far that is.
  const leave = isLicensed
    ? {}
    : {
        afterwards: () =>
          void (location.pathname.endsWith(group.id) && navigate({ to: '/groups', ignoreBlocker: true })),
      };
  return (
    <ConfirmDialog
      title={t('deleteTitle', { name: group.displayName })}
      confirm={isLicensed ? t('deleteWithLicenses') : t('delete')}
      open={open}
      onClose={() => {
        setAgreed(false);
        onClose();
      }}
      run={run}
      {...leave}
      isReady={!isLicensed || isAgreed}
      agreement={
        isLicensed && (
          <Checkbox
            checked={isAgreed}
            onChange={(_, { checked }) => setAgreed(checked === true)}
            label={t('deleteAgree')}
          />
        )
      }
    >
      <Text>
        {users === undefined ? <Spinner size="tiny" /> : t('deleteMembers', { count: users, formatted: number(users) })}
      </Text>
      <Text>{t('deleteRestorable')}</Text>
      {isLicensed && (
        <>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('deleteLicensed', { products: list(skuIds.map(productName)) })}</MessageBarBody>
          </MessageBar>
          {open && (
            <EffectPreview
              target={{ kind: 'group', groupId: group.id }}
              change={{ addLicenses: [], removeLicenses: skuIds }}
            />
          )}
        </>
      )}
    </ConfirmDialog>
  );
}
