import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { AssignLicenses } from '../../parts/assign/AssignLicenses.tsx';
import type { LicenseTarget } from '../../parts/assign/license-target.ts';
import { RemoveLicenses } from '../../parts/assign/RemoveLicenses.tsx';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  rest: { marginLeft: 'auto' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalM,
  },
});

/** Assigning and removing licenses of the users who are selected. */
export function UserActions({
  userIds,
  children,
}: {
  readonly userIds: readonly string[];
  /** What else can be done with the list. */
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { t: ofParts } = useTranslation('parts');
  const { number } = useFormat();
  const mayDo = useMay();
  const [dialog, setDialog] = useState<'assign' | 'remove'>();
  if (!mayDo(may.licenseUsers)) return <div className={styles.actions}>{children}</div>;
  const target: LicenseTarget = { kind: 'users', userIds };
  const isNobody = userIds.length === 0;
  const close = () => setDialog(undefined);
  return (
    <div className={styles.actions}>
      <Button appearance="primary" disabledFocusable={isNobody} onClick={() => setDialog('assign')}>
        {t('assign')}
      </Button>
      <Button disabledFocusable={isNobody} onClick={() => setDialog('remove')}>
        {t('remove')}
      </Button>
      <Text role="status">
        {isNobody
          ? t('selectFirst')
          : ofParts('selected', { count: userIds.length, formatted: number(userIds.length) })}
      </Text>
      {children && <span className={styles.rest}>{children}</span>}
      <AssignLicenses target={target} open={dialog === 'assign'} onClose={close} />
      <RemoveLicenses target={target} open={dialog === 'remove'} onClose={close} />
    </div>
  );
}
