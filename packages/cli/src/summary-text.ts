import type { ProductSeats, Summary } from '@allot/contract';
import type { Column } from './output/column.ts';
import { printable } from './output/printable.ts';
import { layOut, tableHeading, tableRow } from './output/table.ts';

export interface SummaryPlace {
  /** How the command line is called here. */
  readonly allot: string;
  readonly baseUrl: string;
  readonly terminalColumns: number | undefined;
}

/** What `allot summary` prints, and `npm start` when it is done: the tenant at a glance, and where to look next. */
export function summaryText(summary: Summary, place: SummaryPlace): string {
  const { tenant, users, licensesGranted, pending } = summary;
  const settled = pending === 0 ? 'everything is settled' : `${count(pending)} changes are being processed`;
  const parts = [
    `${printable(tenant.displayName)}  (tenant ${tenant.id})`,
    `${count(users)} users, ${count(licensesGranted)} licenses granted; ${settled}`,
    '',
    ...seatLines(summary.products, place),
    ...endedLines(summary.products),
    '',
    ...errorLines(summary),
    '',
    ...whereToLook(summary, place),
  ];
  return `${parts.join('\n')}\n`;
}

export const seatColumns: readonly Column<ProductSeats>[] = [
  { key: 'displayName', heading: 'Product', value: ({ displayName }) => displayName },
  { key: 'skuPartNumber', heading: 'SKU', value: ({ skuPartNumber }) => skuPartNumber },
  { key: 'skuId', value: ({ skuId }) => skuId },
  { key: 'total', heading: 'Total', value: ({ usable }) => usable },
  { key: 'consumed', heading: 'Consumed', value: ({ consumed }) => consumed },
  { key: 'free', heading: 'Free', value: ({ free }) => free },
  { key: 'waiting', heading: 'Waiting', value: ({ waiting }) => waiting },
];

/** Names of L-06 in words. An error that is not listed stands for itself. */
const errorWords: Readonly<Record<string, string>> = {
  ProhibitedInUsageLocationViolation: 'a service plan is not offered where the user is',
  UniquenessViolation: 'two users share a mail address',
  MutuallyExclusiveViolation: 'service plans exclude each other',
  DependencyViolation: 'a service plan needs another one',
  CountViolation: 'no seat is free',
  Other: 'another product of the same group failed',
};

function seatLines(products: readonly ProductSeats[], place: SummaryPlace): readonly string[] {
  if (products.length === 0) return ['No products yet: seats come from subscriptions.'];
  const layout = layOut(seatColumns, products, place.terminalColumns);
  return [tableHeading(layout), ...products.map((product) => tableRow(layout, product))];
}

/** L-15: products that do not work, or soon will not. */
function endedLines(products: readonly ProductSeats[]): readonly string[] {
  const lines = products.flatMap(({ displayName, skuPartNumber, status, consumed }) => {
    const words = consumed > 0 ? statusWords[status] : undefined;
    return words === undefined
      ? []
      : `  ${printable(displayName)} (${skuPartNumber}): ${words} Licenses assigned: ${count(consumed)}.`;
  });
  return lines.length === 0 ? [] : ['', 'Subscriptions to renew:', ...lines];
}

const statusWords: Readonly<Record<string, string>> = {
  Warning: 'has ended and still works.',
  Suspended: 'is suspended.',
  LockedOut: 'is locked out.',
  Deleted: 'is deleted.',
};

function errorLines({ errors }: Summary): readonly string[] {
  if (errors.length === 0) return ['Errors: none.'];
  const widest = Math.max(...errors.map((error) => count(error.count).length));
  const lines = errors.map((one) => {
    const where = one.groups === 0 ? '' : ` in ${count(one.groups)} ${one.groups === 1 ? 'group' : 'groups'}`;
    const words = errorWords[one.error];
    return `  ${count(one.count).padStart(widest)}  ${one.error}${where}${words === undefined ? '' : `: ${words}`}`;
  });
  return ['Errors, by cause:', ...lines];
}

function whereToLook({ errors, products }: Summary, { allot, baseUrl }: SummaryPlace): readonly string[] {
  const commands = [
    ...(errors.length === 0 ? [] : [['errors', 'what keeps users from their licenses, and why']]),
    ...(products.some(({ waiting }) => waiting > 0) ? [['waiting', 'who waits for a seat, in which order']] : []),
    ['group list --licensed', 'the groups that give licenses'],
    ['user explain USER', 'why a user has a product, or does not'],
    ['--help', 'everything else'],
  ];
  const places = [
    [`${baseUrl}/portal/`, 'the portal, in a browser'],
    [`${baseUrl}/v1.0`, 'Microsoft Graph'],
    [`${baseUrl}/allot/v1`, 'our own API'],
    ...commands.map(([command = '', meaning = '']) => [`${allot} ${command}`, meaning]),
  ];
  const widest = Math.max(...places.map(([place = '']) => place.length));
  return ['Where to look:', ...places.map(([place = '', meaning = '']) => `  ${place.padEnd(widest)}  ${meaning}`)];
}

const count = (number: number): string => number.toLocaleString('en-US');
