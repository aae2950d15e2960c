import type { Command } from 'commander';
import type { ProductSeats, Summary, WaitingUser } from '@allot/contract';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import { GroupNames } from '../names/group-names.ts';
import { findProduct, loadProducts } from '../names/products.ts';
import type { Column } from '../output/column.ts';
import { minuteOf } from '../output/printable.ts';
import { rowWriter } from '../output/rows.ts';
import { upTo } from '../page-size.ts';
import { wholeNumber } from '../whole-number.ts';

export function waitingCommand(program: Command, io: Io): void {
  askingCommand(program, 'waiting', {
    summary: 'list who waits for a seat, in the order in which they will get one',
    examples: ['waiting', 'waiting --product ENTERPRISEPACK --limit 20'],
  })
    .option('--product <product>', 'only the line of this product: SKU, id or display name')
    .option('--limit <number>', 'at most so many of each line', wholeNumber)
    .action((options: WaitingOptions) => listWaiting(options, io));
}

interface WaitingOptions extends CommonOptions {
  readonly product?: string;
  readonly limit?: number;
}

interface WaitingRow {
  readonly product: Pick<ProductSeats, 'skuId' | 'skuPartNumber'>;
  readonly user: WaitingUser;
  readonly groupName: string | null;
}

async function listWaiting(options: WaitingOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const groups = new GroupNames(session.client);
  const writer = rowWriter(waitingColumns, session.format, io, 'Nobody waits for a seat.');
  for (const product of await linesOf(options.product, session)) {
    const pages = session.client.pages<WaitingUser>(`/allot/v1/waiting?skuId=${product.skuId}`);
    for await (const users of upTo(options.limit, pages)) {
      await groups.load(users.flatMap(({ groupId }) => groupId ?? []));
      const nameOf = (id: string | null): string | null => (id === null ? null : groups.of(id));
      await writer.rows(users.map((user) => ({ product, user, groupName: nameOf(user.groupId) })));
    }
  }
  await writer.end();
}

async function linesOf(name: string | undefined, { client }: Session): Promise<readonly WaitingRow['product'][]> {
  if (name !== undefined) return [await findProduct(client, await loadProducts(client), name)];
  return (await client.get<Summary>('/allot/v1/summary')).products.filter(({ waiting }) => waiting > 0);
}

const waitingColumns: readonly Column<WaitingRow>[] = [
  { key: 'skuPartNumber', heading: 'Product', value: ({ product }) => product.skuPartNumber },
  { key: 'skuId', value: ({ product }) => product.skuId },
  { key: 'position', heading: 'Position', value: ({ user }) => user.position },
  { key: 'userPrincipalName', heading: 'User', value: ({ user }) => user.userPrincipalName, whole: true },
  { key: 'userId', value: ({ user }) => user.userId },
  { key: 'since', heading: 'Since (UTC)', value: ({ user }) => user.since, text: ({ user }) => minuteOf(user.since) },
  { key: 'priority', heading: 'Priority', value: ({ user }) => user.priority },
  { key: 'group', heading: 'Group', value: ({ groupName }) => groupName },
  { key: 'groupId', value: ({ user }) => user.groupId },
];
