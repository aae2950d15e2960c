import type { LicenseFix } from '@allot/contract';
import { makeStyles, Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FixDialog } from './FixDialog.tsx';
import type { FixUser } from './fix-scope.ts';
import { useFixWords } from './use-fix-words.ts';
import { useMayFix } from './use-may-fix.ts';

const useStyles = makeStyles({ menu: { maxWidth: '28rem' } });

/** What helps one user, as a menu, for rows of tables. Shows nothing when the person may do none of it. */
export function FixMenu({
  fixes,
  user,
  hereId,
}: {
  readonly fixes: readonly LicenseFix[];
  readonly user: FixUser;
  /** The group whose page it is. */
  readonly hereId?: string;
}) {
  const styles = useStyles();
  const { t } = useTranslation('fixes');
  const mayFix = useMayFix();
  const [open, setOpen] = useState<LicenseFix>();
  const offered = fixes.filter(mayFix);
  if (offered.length === 0) return null;
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small" aria-label={t('fixFor', { name: user.displayName })}>
            {t('fix')}
          </MenuButton>
        </MenuTrigger>
        <MenuPopover className={styles.menu}>
          <MenuList>
            {offered.map((fix) => (
              <FixItem
                key={JSON.stringify(fix)}
                fix={fix}
                {...(hereId === undefined ? {} : { hereId })}
                onFix={() => setOpen(fix)}
              />
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {open && <FixDialog fix={open} scope={{ kind: 'user', user }} onClose={() => setOpen(undefined)} />}
    </>
  );
}

const FixItem = ({
  fix,
  hereId,
  onFix,
}: {
  readonly fix: LicenseFix;
  readonly hereId?: string;
  readonly onFix: () => void;
}) => <MenuItem onClick={onFix}>{useFixWords(fix, hereId).sentence}</MenuItem>;
