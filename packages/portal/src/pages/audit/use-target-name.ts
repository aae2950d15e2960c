import { useProducts } from '../../api/use-products.ts';
import type { AuditTarget } from './audit-entry.ts';
import { readChangedValue } from './changed-value.ts';

/** What an entry was about; a subscription, which has no name, by its product where the entry says which. */
export function useTargetName(): (target: AuditTarget) => string {
  const { productName } = useProducts();
  return ({ id, displayName, modifiedProperties }) => {
    if (displayName !== null) return displayName;
    const sku = modifiedProperties.find((one) => one.displayName === 'skuId');
    const value = sku && readChangedValue(sku.newValue ?? sku.oldValue);
    return value?.kind === 'text' ? productName(value.text) : id;
  };
}
