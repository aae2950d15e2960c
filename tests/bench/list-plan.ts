import assert from 'node:assert/strict';
import type { KyselyPlugin, RawNode, RootOperationNode } from 'kysely';
import { type ListCase, requestOf } from '../../bench/lists/list-cases.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { listUsers } from '../../packages/server/src/operations/directory/read-users.ts';

/** A step of a plan, as PostgreSQL explains it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'One-Time Filter'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How PostgreSQL would find the first page of a list of users, asked as the server asks it, and how many rows the page has. */
export async function planOf(
  ctx: Context,
  list: ListCase,
): Promise<{ readonly plan: PlanNode; readonly rows: number }> {
  const { rows } = await listUsers(ctx, requestOf(list));
  let plan: PlanNode | undefined;
  const explain = explaining((found) => {
    plan = found;
  });
  await listUsers({ ...ctx, db: ctx.db.withPlugin(explain) }, requestOf(list));
  assert.ok(plan !== undefined, `${list.asked}: the statement that lists users was not recognized`);
  return { plan, rows: rows.length };
}

/** Has the statement that lists users explained instead of carried out; it then finds nobody. */
function explaining(tell: (plan: PlanNode) => void): KyselyPlugin {
  const explained = new WeakSet<object>();
  return {
    transformQuery({ node, queryId }): RootOperationNode {
      if (!isRaw(node)) return node;
      const [first = '', ...rest] = node.sqlFragments;
      if (!first.includes('select u.user_no as "userNo", u.id')) return node;
      explained.add(queryId);
      return { ...node, sqlFragments: [`explain (format json) ${first}`, ...rest] };
    },
    transformResult({ queryId, result }) {
      if (!explained.has(queryId)) return Promise.resolve(result);
      // What `explain (format json)` answers.
      for (const row of result.rows) {
        const [{ Plan: plan }] = row['QUERY PLAN'] as [{ readonly Plan: PlanNode }];
        tell(plan);
      }
      return Promise.resolve({ ...result, rows: [] });
    },
  };
}

const isRaw = (node: RootOperationNode): node is RawNode => node.kind === 'RawNode';

/** Steps that are taken: what stands below a condition that never holds is planned by some versions, and never begun. */
const nodesOf = (plan: PlanNode): readonly PlanNode[] =>
  plan['One-Time Filter'] === 'false' ? [plan] : [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/**
 * Whether nothing in the plan reads all users, or all their addresses or pointers: each scan is of an index that has only some, or is asked for more than the tenant.
 * @param partialIndexes indexes that leave out users who are not deleted
 */
export const asksOnly = (plan: PlanNode, partialIndexes: ReadonlySet<string>): boolean =>
  nodesOf(plan).every((node) => {
    if (node['Node Type'] === 'Seq Scan') return !large.has(node['Relation Name'] ?? '');
    const index = node['Index Name'];
    if (index === undefined || partialIndexes.has(index)) return true;
    return /[a-z_]+/g.test((node['Index Cond'] ?? '').replaceAll(/\(?tenant_id = [^)]*\)?/g, '').replaceAll('AND', ''));
  });

const large: ReadonlySet<string> = new Set(['directory_user', 'user_address', 'user_cohort']);

/** Whether everybody is put into order first. An index that gives the first of two columns leaves little to sort. */
export const isSorted = (plan: PlanNode): boolean => nodesOf(plan).some((node) => node['Node Type'] === 'Sort');
