import { ApiError } from '@allot/contract';
import type { Assignment, World } from '@allot/engine';
import {
  bumpWorld,
  type GroupBundle,
  type Handle,
  insertAudit,
  listStagedGroups,
  loadGroupAssignments,
  loadGroupLicensing,
  loadOwnedProducts,
  lockGroupsLicensing,
  replaceBundles,
  type StagedGroupRow,
} from '@allot/store';
import type { ImportedLicense } from '../../imports/license-text.ts';
import type { Context } from '../context.ts';
import { groupEntry } from '../directory/audit-entries.ts';
import { checkLicensable, refuseUnlessConsistent } from '../licensing/assign-group-license.ts';
import { checkAssignments } from '../licensing/check-assignments.ts';
import { loadTenantWorld } from '../licensing/tenant-world.ts';
import type { Problem } from './import-result.ts';
import { licenseResolver } from './resolve-licenses.ts';

/** What a row of a groups file says about licensing. */
export interface BundleRow {
  readonly line: number;
  readonly licenses: readonly ImportedLicense[];
  readonly priority: number | null;
}

/** A staged group, with the bundle that its row asks for; null: the file does not say. */
export interface BundleGroup extends StagedGroupRow {
  readonly assignments: readonly Assignment[] | null;
  readonly priority: number | null;
}

/** Finds the products and plans that the rows name and puts them to the checks of L-22 and L-24. */
export async function resolveBundles(
  ctx: Context,
  trx: Handle,
  rows: readonly BundleRow[],
  stated: boolean,
): Promise<{ groups: readonly BundleGroup[]; problems: readonly Problem[] }> {
  const { world } = await loadTenantWorld(trx, ctx.tenantId);
  const owned = await loadOwnedProducts(trx, ctx.tenantId);
  const resolve = licenseResolver(world.catalogue, owned);
  const staged = await listStagedGroups(trx, ctx.tenantId);
  const licensing = new Map((await loadGroupLicensing(trx, ctx.tenantId)).map((one) => [one.groupId, one]));
  const rowOf = new Map(rows.map((row) => [row.line, row]));
  const problems: Problem[] = [];
  const groups = staged.map((group): BundleGroup => {
    const row = rowOf.get(group.line);
    const priority = row?.priority ?? null;
    if (!stated || !row) return { ...group, assignments: null, priority };
    const prerequisites = licensing.get(group.groupId)?.prerequisites ?? 'group';
    const assignments = checked(world, owned, group, prerequisites, () => resolve(row.licenses));
    if (!('problem' in assignments)) return { ...group, assignments: assignments.bundle, priority };
    problems.push({ line: group.line, column: 'licenses', problem: assignments.problem });
    return { ...group, assignments: null, priority };
  });
  return { groups, problems };
}

/** The same refusals as for one group over Graph, as problems of a row. */
function checked(
  world: World,
  owned: ReadonlySet<string>,
  group: StagedGroupRow,
  prerequisites: 'group' | 'user',
  resolve: () => Parameters<typeof checkAssignments>[2]['addLicenses'],
): { readonly bundle: readonly Assignment[] } | { readonly problem: string } {
  try {
    const addLicenses = resolve();
    if (addLicenses.length > 0) checkLicensable({ ...group, id: group.groupId });
    const bundle = checkAssignments(world.catalogue, owned, { addLicenses, removeLicenses: [] });
    refuseUnlessConsistent(world, bundle, prerequisites);
    return { bundle: bundle.toSorted((a, b) => (a.productId < b.productId ? -1 : 1)) };
  } catch (error) {
    if (error instanceof ApiError) return { problem: [error.message, error.advice].filter(Boolean).join(' ') };
    throw error;
  }
}

/**
 * Makes the bundles and priorities of these groups be as asked for, with the same records as one group's (assignGroupLicense).
 * @returns the ids of groups for which they were not
 */
export async function changeBundles(ctx: Context, trx: Handle, groups: readonly BundleGroup[]): Promise<string[]> {
  const { tenantId } = ctx;
  const ids = groups.map(({ groupId }) => groupId);
  const configured = groups.filter(({ assignments, priority }) => (assignments?.length ?? 0) > 0 || priority !== null);
  await lockGroupsLicensing(
    trx,
    tenantId,
    configured.map(({ groupId }) => groupId),
    ids,
  );
  const current = await loadGroupAssignments(trx, tenantId, ids);
  const priorities = new Map(
    (await loadGroupLicensing(trx, tenantId, ids)).map(({ groupId, priority }) => [groupId, priority]),
  );

  const changes = groups.flatMap((group) => {
    const before = current.get(group.groupId) ?? [];
    const assignments = group.assignments !== null && !sameBundle(before, group.assignments) ? group.assignments : null;
    const priority =
      group.priority !== null && priorities.get(group.groupId) !== group.priority ? group.priority : null;
    return assignments === null && priority === null
      ? []
      : [{ group, before, change: { groupId: group.groupId, assignments, priority } }];
  });
  if (changes.length === 0) return [];
  await replaceBundles(
    trx,
    tenantId,
    changes.map(({ change }): GroupBundle => change),
  );
  if (changes.some(({ change }) => change.priority !== null)) await bumpWorld(trx, tenantId);
  await insertAudit(
    trx,
    tenantId,
    changes.flatMap(({ group, before, change }) => {
      if (change.assignments === null) return [];
      const named = { id: group.groupId, displayName: group.displayName };
      const modified = {
        displayName: 'AssignedLicense',
        oldValue: JSON.stringify(before),
        newValue: JSON.stringify(change.assignments),
      };
      return [groupEntry(ctx, 'Set group license', named, [modified])];
    }),
  );
  return changes.map(({ group }) => group.groupId);
}

const sameBundle = (a: readonly Assignment[], b: readonly Assignment[]): boolean =>
  JSON.stringify(a.map(sorted)) === JSON.stringify(b.map(sorted));

const sorted = ({ productId, disabledPlans }: Assignment) => [productId, disabledPlans.toSorted()];
