import { Badge } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

const order = ['Error', 'ActiveWithError', 'Disabled', 'Active'] as const;
const looks = {
  Error: { color: 'danger', key: 'stateError' },
  ActiveWithError: { color: 'warning', key: 'stateActiveWithError' },
  Disabled: { color: 'informative', key: 'stateDisabled' },
  Active: { color: 'success', key: 'stateActive' },
} as const;

/** The state of an assignment in words; of several the one that needs attention most. */
export function LicenseState({ states }: { readonly states: readonly string[] }) {
  const { t } = useTranslation('assign');
  const worst = order.find((one) => states.includes(one));
  if (worst === undefined) return states.join(', ');
  return (
    <Badge appearance="tint" color={looks[worst].color}>
      {t(looks[worst].key)}
    </Badge>
  );
}
