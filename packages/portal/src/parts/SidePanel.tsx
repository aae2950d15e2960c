import { Button, DrawerBody, DrawerHeader, DrawerHeaderTitle, OverlayDrawer } from '@fluentui/react-components';
import { Dismiss24Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusBack } from './FocusBack.tsx';

/** More about one row of a list, beside the list. */
export function SidePanel({
  title,
  close,
  className,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  /** Of the body. */
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('parts');
  return (
    <OverlayDrawer open position="end" size="medium" onOpenChange={(_, { open }) => open || close()}>
      <FocusBack />
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" aria-label={t('close')} icon={<Dismiss24Regular />} onClick={close} />}
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className={className}>{children}</DrawerBody>
    </OverlayDrawer>
  );
}
