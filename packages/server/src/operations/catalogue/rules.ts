import { badRequest, notFound } from '@allot/contract';
import type { CatalogueData } from '@allot/engine';
import { type Handle, loadCatalogue, loadTenant, replaceRules, type Rules } from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { invalidValue } from '../directory/property-errors.ts';
import { auditCatalogue } from './audit-catalogue.ts';
import { changeCatalogue, type ChangeOptions, type Shown } from './catalogue-change.ts';
import { unknownPlans } from './set-product.ts';

/** The rules of one rule set (L-06, L-21). */
export interface RuleSet {
  readonly ruleSet: string;
  /** Within a set every two plans exclude each other. */
  readonly exclusions: Rules['exclusions'];
  /** `plan` needs one of `anyOf`; several of one plan must all be met. */
  readonly requirements: Rules['requirements'];
}

/** Exclusions, and requirements, of one rule set at most: every check of L-06 looks at all of them. */
export const RULES_MAX = 1_000;

/** The rules in use: those of the rule set that the settings name. */
export const readRules = async (ctx: Context): Promise<RuleSet> => rulesOf(await loadActive(ctx.db, ctx.tenantId));

/**
 * Makes the rule set in use be these rules, and settles everybody (L-05: nothing in force is taken away).
 * @throws ApiError 400 when a rule says nothing or names a plan twice or one that the catalogue does not have
 */
export async function setRules(ctx: Context, rules: Rules, options: ChangeOptions = {}): Promise<Shown<RuleSet>> {
  return changeCatalogue(ctx, 'Set licensing rules', options, async (trx) => {
    const before = await loadActive(trx, ctx.tenantId);
    refuseNonsense(rules, before.data);
    await replaceRules(trx, ctx.tenantId, before.ruleSet, rules);
    const after = rulesOf(await loadActive(trx, ctx.tenantId));
    const modified = modifiedProperties({ ...rulesOf(before) }, { ...after });
    await auditCatalogue(trx, ctx, 'Set licensing rules', { id: ctx.tenantId, displayName: before.ruleSet }, modified);
    return { result: after, changes: [] };
  });
}

interface Active {
  readonly ruleSet: string;
  readonly data: CatalogueData;
}

async function loadActive(db: Handle, tenantId: string): Promise<Active> {
  const tenant = await loadTenant(db, tenantId);
  if (!tenant) throw notFound(tenantId);
  return { ruleSet: tenant.ruleSet, data: await loadCatalogue(db, tenantId, tenant.ruleSet) };
}

const rulesOf = ({ ruleSet, data: { exclusions, requirements } }: Active): RuleSet => ({
  ruleSet,
  exclusions,
  requirements,
});

function refuseNonsense({ exclusions, requirements }: Rules, { plans }: CatalogueData): void {
  const known = new Set(plans.map(({ planId }) => planId));
  const unknown = [
    ...exclusions.flatMap((rule) => rule.plans),
    ...requirements.flatMap(({ plan, anyOf }) => [plan, ...anyOf]),
  ].filter((planId) => !known.has(planId));
  if (unknown.length > 0) throw unknownPlans([...new Set(unknown)]);

  const names = new Set<string>();
  for (const { name, plans: excluded } of exclusions) {
    if (names.has(name))
      throw badRequest(`Two exclusions are named '${name}'.`, 'Give each a name of its own; explanations quote it.');
    names.add(name);
    refuseRepeated(excluded, `exclusion '${name}'`);
    if (excluded.length < 2)
      throw invalidValue('exclusions', `'${name}' must name at least two plans; one excludes nothing.`);
  }
  for (const { plan, anyOf } of requirements) {
    refuseRepeated(anyOf, `requirement of ${plan}`);
    if (anyOf.length === 0)
      throw invalidValue('requirements', `That of ${plan} names no plan, so it could never be met.`);
    if (anyOf.includes(plan))
      throw invalidValue('requirements', `That of ${plan} names the plan itself, so it would always be met.`);
  }
}

function refuseRepeated(plans: readonly string[], rule: string): void {
  const repeated = plans.find((planId, at) => plans.indexOf(planId) < at);
  if (repeated !== undefined)
    throw badRequest(`The ${rule} names service plan ${repeated} twice.`, 'Name each plan once.');
}
