import { type Bundle, compareGroups, prepareCatalogue, prepareWorld, type World } from '@allot/engine';
import { type Database, loadBundles, loadCatalogue, loadSeats } from '@allot/store';
import type { Pool } from '../server.ts';
import { tenantId } from '../tenant/groups.ts';
import { evaluateUser, type LoadedUser, type Seats, stateKey } from './evaluate-user.ts';
import { type AssignmentState, writeStates } from './states.ts';

/** Users in one batch: as many as fit a few milliseconds of evaluation and a statement of reasonable size. */
export const batchSize = 5_000;

/** Everything that decides, read once for all batches. */
export interface Rules {
  readonly world: World;
  readonly licensedGroupIds: readonly string[];
  readonly seats: Map<string, { readonly usable: number; consumed: number }>;
}

export async function loadRules({ db }: Database): Promise<Rules> {
  const catalogue = prepareCatalogue(await loadCatalogue(db, tenantId, 'classic'));
  const bundles = await loadBundles(db, tenantId, 'accepted');
  return {
    world: prepareWorld(catalogue, bundles, false),
    licensedGroupIds: bundles.flatMap(({ groupId, assignments }) => (assignments.length ? groupId : [])),
    seats: await loadSeats(db, tenantId),
  };
}

/** Evaluates the users, each batch in a transaction of its own. */
export async function settleBatch({ pool }: Database, rules: Rules, userNos: readonly number[]): Promise<void> {
  const users = await loadUsers(pool, rules, userNos);
  const taken = new Map<string, number>();
  const states: AssignmentState[] = [];
  const seats: Seats = {
    available: (productId) => {
      const known = rules.seats.get(productId);
      return known !== undefined && known.usable > known.consumed;
    },
    take: (productId) => {
      taken.set(productId, (taken.get(productId) ?? 0) + 1);
      const known = rules.seats.get(productId);
      if (known) known.consumed++;
    },
  };
  for (const user of users) {
    for (const [key, error] of evaluateUser(user, rules.world.catalogue, seats)) {
      states.push({ userNo: user.userNo, groupId: key.slice(0, 36), productId: key.slice(36), error });
    }
  }
  await write(pool, states, taken);
}

async function write(
  pool: Pool,
  states: readonly AssignmentState[],
  taken: ReadonlyMap<string, number>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await writeStates(client, tenantId, states);
    if (taken.size) {
      await client.query({
        name: 'count seats',
        text: `update allot.product p set consumed = consumed + t.seats
               from unnest($2::uuid[], $3::int[]) as t (product_id, seats)
               where p.tenant_id = $1 and p.product_id = t.product_id`,
        values: [tenantId, [...taken.keys()], [...taken.values()]],
      });
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Three statements for a batch: the users, their licensed groups, and what they have. */
async function loadUsers(pool: Pool, rules: Rules, userNos: readonly number[]): Promise<LoadedUser[]> {
  const users = await pool.query<{ userNo: number; country: string | null; shares: boolean }>({
    name: 'load users',
    text: `select u.user_no as "userNo", u.usage_location as country, exists (
             select from allot.user_address a
             join allot.user_address b on b.tenant_id = a.tenant_id and b.address = a.address and b.user_no <> a.user_no
             where a.tenant_id = u.tenant_id and a.user_no = u.user_no) as shares
           from allot.directory_user u
           where u.tenant_id = $1 and u.user_no = any($2::bigint[]) and u.deleted_at is null order by u.user_no`,
    values: [tenantId, userNos],
  });
  const groups = await pool.query<{ userNo: number; groupIds: string[] }>({
    name: 'load groups',
    text: `select user_no as "userNo", array_agg(group_id) as "groupIds" from allot.membership
           where tenant_id = $1 and user_no = any($2::bigint[]) and group_id = any($3::uuid[]) group by user_no`,
    values: [tenantId, userNos, rules.licensedGroupIds],
  });
  const states = await pool.query<AssignmentState>({
    name: 'load states',
    text: `select user_no as "userNo", group_id as "groupId", product_id as "productId", error
           from baseline.assignment_state where tenant_id = $1 and user_no = any($2::bigint[])`,
    values: [tenantId, userNos],
  });
  const groupsOf = new Map(groups.rows.map(({ userNo, groupIds }) => [userNo, groupIds]));
  const statesOf = new Map<number, Map<string, string | null>>();
  for (const { userNo, groupId, productId, error } of states.rows) {
    const known = statesOf.get(userNo);
    if (known) known.set(stateKey(groupId, productId), error);
    else statesOf.set(userNo, new Map([[stateKey(groupId, productId), error]]));
  }
  return users.rows.map(({ userNo, country, shares }) => ({
    userNo,
    place: rules.world.catalogue.placeOf(country),
    sharesAddress: shares,
    bundles: bundlesOf(groupsOf.get(userNo) ?? [], rules.world),
    states: statesOf.get(userNo) ?? new Map<string, string | null>(),
  }));
}

const bundlesOf = (groupIds: readonly string[], world: World): Bundle[] =>
  groupIds.toSorted((a, b) => compareGroups(world, a, b)).flatMap((groupId) => world.bundles.get(groupId) ?? []);
