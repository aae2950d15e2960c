import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApiError, type CheckOutcome, type CheckResult } from '@allot/contract';
import { prepareCatalogue, prepareWorld } from '@allot/engine';
import {
  cohortPages,
  countHeldSeats,
  countUsers,
  DIFFERENCES_LISTED_MAX,
  loadBundles,
  loadCatalogue,
  loadPendingWork,
  loadSampleMembers,
  loadSeats,
  loadTenant,
} from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';
import type { CheckScope, CohortCheck, Found } from './check.ts';
import { cohortChecks, tenantChecks } from './index.ts';

/** Members of a cohort that are named with a difference. */
const SAMPLE_MEMBERS_MAX = 5;

/**
 * Counts everything again from what is stored, and says what does not agree. Reads one snapshot and locks nothing, so it may run while
 * licenses change. What is pending is told, and is no difference.
 */
export const checkTenant = (ctx: Context): Promise<CheckResult> => inSnapshot(ctx, checkInside);

async function checkInside({ db, tenantId }: Context): Promise<CheckResult> {
  const scope = await loadScope(db, tenantId);
  const outcomes: CheckOutcome[] = [];
  for (const check of tenantChecks) {
    outcomes.push({ name: check.name, claim: check.claim, ...(await check.find(scope)) });
  }
  const { cohorts, found } = await lookAtCohorts(scope);
  for (const { name, claim } of cohortChecks) outcomes.push({ name, claim, ...(found.get(name) ?? nothing) });

  const { users, deferredUsers, groupIds, rules } = scope.pending;
  return {
    clean: outcomes.every(({ count }) => count === 0),
    checked: { users: await countUsers(db, tenantId), cohorts, products: scope.world.catalogue.products.size },
    pending: { users, deferredUsers, groups: groupIds.length, rules },
    checks: outcomes,
  };
}

async function loadScope(db: CheckScope['db'], tenantId: string): Promise<CheckScope> {
  const tenant = await loadTenant(db, tenantId);
  if (!tenant) throw new ApiError(404, 'Request_ResourceNotFound', `Tenant '${tenantId}' does not exist.`);
  const catalogue = prepareCatalogue(await loadCatalogue(db, tenantId, tenant.ruleSet));
  const world = prepareWorld(catalogue, await loadBundles(db, tenantId, 'settled'), tenant.keepUntilReplaced);
  const held = await countHeldSeats(db, tenantId);
  const usable = await loadSeats(db, tenantId);
  const seats = new Map(
    [...new Set([...held.keys(), ...usable.keys()])].map((productId) => [
      productId,
      { usable: usable.get(productId)?.usable ?? 0, held: held.get(productId) ?? 0 },
    ]),
  );
  return { db, tenant, world, pending: await loadPendingWork(db, tenantId), seats };
}

const nothing: Found = { count: 0, differences: [] };

/** All cohort checks on all cohorts, page by page. */
async function lookAtCohorts(scope: CheckScope): Promise<{ cohorts: number; found: ReadonlyMap<string, Found> }> {
  const all = new Map<CohortCheck, { count: number; listed: { cohortNo: number; sentence: string }[] }>(
    cohortChecks.map((check) => [check, { count: 0, listed: [] }]),
  );
  let cohorts = 0;
  for await (const page of cohortPages(scope.db, scope.tenant.tenantId)) {
    cohorts += page.length;
    for (const cohort of page) {
      for (const [check, found] of all) {
        const sentence = check.look(cohort, scope);
        if (sentence === undefined) continue;
        found.count += 1;
        if (found.listed.length < DIFFERENCES_LISTED_MAX) found.listed.push({ cohortNo: cohort.cohortNo, sentence });
      }
    }
    // A tenant where everybody is different has many pages: others want to be answered, too.
    await nextTurn();
  }
  const cohortNos = [...all.values()].flatMap(({ listed }) => listed.map(({ cohortNo }) => cohortNo));
  const { db, tenant } = scope;
  const members = cohortNos.length
    ? await loadSampleMembers(db, tenant.tenantId, cohortNos, SAMPLE_MEMBERS_MAX)
    : new Map<number, readonly string[]>();
  const found = [...all].map(([{ name }, { count, listed }]): [string, Found] => [
    name,
    {
      count,
      differences: listed.map(({ cohortNo, sentence }) => ({
        sentence,
        ids: { cohortId: cohortNo, userIds: members.get(cohortNo) ?? [] },
      })),
    },
  ]);
  return { cohorts, found: new Map(found) };
}
