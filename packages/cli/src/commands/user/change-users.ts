import type { Client, LicenseAssignmentState } from '@allot/contract';
import { errorOf } from '../../assignment-errors.ts';
import { exitCodes, FailuresReported, tell, usageFailure } from '../../failure.ts';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { readLicenseChange } from '../../license-change.ts';
import type { LicenseChangeOptions } from '../../license-change.ts';
import { deletedPath, findDeleted } from '../../names/deleted.ts';
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

/** Their licenses go, and come back if they are restored. */
export async function deleteUsers(names: readonly string[], options: CommonOptions, io: Io): Promise<void> {
  const change = (client: Client, name: string) => client.send('DELETE', userPath(name));
  await changeEach(names, options, io, change, 'is deleted');
}

export interface RestoreUsersOptions extends CommonOptions {
  /** The user principal name from now on. */
  readonly as?: string;
}

export async function restoreUsers(names: readonly string[], options: RestoreUsersOptions, io: Io): Promise<void> {
  const { as: newUserPrincipalName } = options;
  if (newUserPrincipalName !== undefined && names.length > 1) {
    throw usageFailure('--as is the new name of one user.', 'Restore the users one by one.');
  }
  const body = newUserPrincipalName === undefined ? undefined : { newUserPrincipalName };
  await changeEach(names, options, io, async (client, name) => {
    const id = await findDeleted(client, 'user', name);
    await client.send('POST', `${deletedPath(id)}/restore`, body);
    return id;
  });
}

/**
 * One after the other, each told as soon as it is done. A refusal is told and counted; anything else stops. What the
 * user has then is told, or `instead` where there is nobody who could have anything. `change` may answer the id of the user.
 */
async function changeEach(
  names: readonly string[],
  options: CommonOptions,
  io: Io,
  change: (client: Client, name: string) => Promise<unknown>,
  instead?: string,
): Promise<void> {
  const { client, format } = await openSession(options, io);
  const nameOf = productNames(await loadProducts(client));
  const writer = format === 'table' ? lineWriter(io, instead) : rowWriter(changedColumns, format, io, '');
  let refused = 0;
  for (const name of names) {
    try {
      const changed = await orUnknownUser(client, name, change(client, name));
      const ref = typeof changed === 'string' ? changed : name;
      const products = instead === undefined ? await productsOf(client, ref, nameOf) : [];
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
function lineWriter(io: Io, instead: string | undefined): RowWriter<ChangedUser> {
  return {
    async rows(users) {
      for (const { user, done, products, message, advice } of users) {
        const text = done
          ? (instead ?? `has now ${products.join(', ') || 'no licenses'}`)
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
