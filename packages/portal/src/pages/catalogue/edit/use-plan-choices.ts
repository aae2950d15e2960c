import { useMemo } from 'react';
import type { Choice } from '../../../parts/pick/ChoiceList.tsx';
import { useCataloguePlans } from '../catalogue-data.ts';

/** Every service plan of the catalogue, to choose from, in the order of their names. */
export function usePlanChoices(): readonly Choice[] {
  const plans = useCataloguePlans().data?.value;
  return useMemo(
    () =>
      (plans ?? [])
        .map(({ servicePlanId, displayName, servicePlanName }) => ({
          id: servicePlanId,
          name: displayName || servicePlanName,
          detail: servicePlanName,
        }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    [plans],
  );
}
