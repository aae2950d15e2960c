import type { Client, LicenseAssignmentState } from '@allot/contract';
import { errorOf } from '../../assignment-errors.ts';
import { exitCodes, FailuresReported, tell } from '../../failure.ts';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { readLicenseChange } from '../../license-change.ts';
import type { LicenseChangeOptions } from '../../license-change.ts';
import { loadProducts, productNames } from '../../names/products.ts';
import { orUnknownUser, userPath } from '../../names/users.ts';
import type { Column, RowWriter } from '../../output/column.ts';
import { printable } from '../../output/printable.ts';
import { rowWriter } from '../../output/rows.ts';

interface ChangedUser {
  readonly user: string;
  readonly done: boolean;
  /** What the user has, as `PART_NUMBER`, with the error where there is one. */
  readonly products: readonly string[];
  readonly message: string | null;
  readonly advice: string | null;
}

export async function assignToUsers(
  names: readonly string[],
  options: CommonOptions & LicenseChangeOptions,
  io: Io,
): Promise<void> {
  const { client } = await openSession(options, io);
  const change = await readLicenseChange(client, options);
  await changeEach(names, options, io, (asked, name) => asked.send('POST', `${userPath(name)}/assignLicense`, change));
}

/** L-17. */
export async function reprocessUsers(names: readonly string[], options: CommonOptions, io: Io): Promise<void> {
  await changeEach(names, options, io, (client, name) =>
    client.send('POST', `${userPath(name)}/reprocessLicenseAssignment`),
  );
}

/** One after the other, each told as soon as it is done. A refusal is told and counted; anything else stops. */
async function changeEach(
  names: readonly string[],
  options: CommonOptions,
  io: Io,
  change: (client: Client, name: string) => Promise<unknown>,
): Promise<void> {
  const { client, format } = await openSession(options, io);
  const nameOf = productNames(await loadProducts(client));
  const writer = format === 'table' ? lineWriter(io) : rowWriter(changedColumns, format, io, '');
  let refused = 0;
  for (const name of names) {
    try {
      await orUnknownUser(client, name, change(client, name));
      const products = await productsOf(client, name, nameOf);
      await writer.rows([{ user: name, done: true, products, message: null, advice: null }]);
    } catch (error) {
      const told = tell(error);
      if (told === undefined || told.exitCode !== exitCodes.refused) throw error;
      refused += 1;
      await writer.rows([
        { user: name, done: false, products: [], message: told.message, advice: told.advice ?? null },
      ]);
    }
  }
  await writer.end();
  if (refused > 0) throw new FailuresReported(`${refused} of ${names.length} users were refused.`);
}

/** What a person reads: a line for each user, refusals on stderr. */
function lineWriter(io: Io): RowWriter<ChangedUser> {
  return {
    async rows(users) {
      for (const { user, done, products, message, advice } of users) {
        const text = done
          ? `has now ${products.join(', ') || 'no licenses'}`
          : `${message ?? ''}${advice === null ? '' : `\n  ${advice}`}`;
        await write(done ? io.out : io.err, `${printable(user)}: ${text}\n`);
      }
    },
    end: async () => {},
  };
}

async function productsOf(client: Client, name: string, nameOf: (skuId: string) => string): Promise<readonly string[]> {
  const fields = 'licenseAssignmentStates';
  const user = await client.get<{ readonly [fields]: readonly LicenseAssignmentState[] }>(
    `${userPath(name)}?$select=${fields}`,
  );
  const inForce = user.licenseAssignmentStates
    .filter(({ state }) => state !== 'Error')
    .map(({ skuId }) => nameOf(skuId));
  const missing = user.licenseAssignmentStates
    .filter(({ state }) => state === 'Error')
    .map((state) => `not ${nameOf(state.skuId)} (${errorOf(state) ?? 'in error'})`);
  return [...new Set([...inForce, ...missing])];
}

const changedColumns: readonly Column<ChangedUser>[] = [
  { key: 'user', value: ({ user }) => user },
  { key: 'done', value: ({ done }) => done },
  { key: 'products', value: ({ products }) => products },
  { key: 'message', value: ({ message }) => message },
  { key: 'advice', value: ({ advice }) => advice },
];
