/** What the log keeps of a property, read: licenses, texts, numbers, lists of them, or something else as it was written. */
export type ChangedValue =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'licenses'; readonly licenses: readonly License[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'flag'; readonly isOn: boolean }
  /** Of how many users a run of group-based licensing licensed, and how many it could not. */
  | { readonly kind: 'outcome'; readonly done: number; readonly failed: number }
  | { readonly kind: 'text'; readonly text: string };

/** Plans by id or by name, as they were written. */
export interface License {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

const asGraphWrites = /^\[SkuName=[^,]*, SkuId=([0-9a-f-]+), DisabledPlans=\[(.*)\]\]$/i;

/** As Graph writes it, word for word. */
const outcome = /^\[Users successfully assigned licenses: (\d+), Users for whom license assignment failed: (\d+)\.\]$/;

/** @param written JSON, or a text that is none; null: there was nothing */
export function readChangedValue(written: string | null): ChangedValue {
  if (written === null) return { kind: 'nothing' };
  const value = parse(written);
  if (value === null || value === '') return { kind: 'nothing' };
  if (typeof value === 'boolean') return { kind: 'flag', isOn: value };
  const [, done, failed] = outcome.exec(textOf(value)) ?? [];
  if (done !== undefined && failed !== undefined)
    return { kind: 'outcome', done: Number(done), failed: Number(failed) };
  if (!Array.isArray(value)) return { kind: 'text', text: textOf(value) };
  if (value.length === 0) return { kind: 'nothing' };
  const licenses = value.map(licenseOf);
  return licenses.every((one) => one !== undefined)
    ? { kind: 'licenses', licenses }
    : { kind: 'list', items: value.map(textOf) };
}

function licenseOf(item: unknown): License | undefined {
  if (typeof item === 'string') {
    const [, skuId, plans = ''] = asGraphWrites.exec(item) ?? [];
    return skuId === undefined ? undefined : { skuId, disabledPlans: plans.split(/,\s*/).filter(Boolean) };
  }
  if (typeof item !== 'object' || item === null) return undefined;
  const { productId, skuId = productId, disabledPlans } = item as Readonly<Record<string, unknown>>;
  if (typeof skuId !== 'string') return undefined;
  return { skuId, disabledPlans: Array.isArray(disabledPlans) ? disabledPlans.map(textOf) : [] };
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    // Results of processing are sentences.
    return written;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
