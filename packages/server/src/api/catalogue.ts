import { badRequest } from '@allot/contract';
import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { invalidValue } from '../operations/directory/property-errors.ts';
import { deletePlan } from '../operations/catalogue/delete-plan.ts';
import { deleteProduct } from '../operations/catalogue/delete-product.ts';
import { listPlans, listProducts } from '../operations/catalogue/read-catalogue.ts';
import { readRules, RULES_MAX, setRules } from '../operations/catalogue/rules.ts';
import { setPlan } from '../operations/catalogue/set-plan.ts';
import { PLANS_PER_PRODUCT_MAX, setProduct } from '../operations/catalogue/set-product.ts';
import {
  arrayOf,
  country,
  type Field,
  flag,
  guid,
  listOf,
  oneOf,
  optionalText,
  orNull,
  readFields,
  readRequired,
  text,
} from './fields.ts';
import { pathId } from './path-id.ts';
import { readFlag } from './query-flag.ts';
import { answerChange, changeOptions } from './shown-change.ts';

/** Longest name of a product or plan, as in a product list. */
const nameLengthMax = 512;
/** There are some 250 countries. */
const countriesMax = 300;

/** GET /catalogue/products */
export const getProducts = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok({ value: await listProducts(ctx) });

/** GET /catalogue/plans */
export const getPlans = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok({ value: await listPlans(ctx) });

/** PUT /catalogue/products/{skuId}?dryRun=&preview=: 201 when the product is new */
export async function putProduct(request: RouteRequest): Promise<RouteAnswer> {
  const fields = readRequired(withoutId(request.body, 'skuId'), productFields, ['skuPartNumber', 'servicePlans']);
  const wanted = {
    productId: pathId(request),
    skuPartNumber: fields.skuPartNumber,
    displayName: fields.displayName ?? fields.skuPartNumber,
    appliesTo: fields.appliesTo ?? 'User',
    planIds: fields.servicePlans,
  };
  const shown = await setProduct(request.ctx, wanted, changeOptions(request));
  return answerChange(request, shown, shown.result.product, shown.result.created);
}

/** DELETE /catalogue/products/{skuId}?dryRun=&preview= */
export async function removeProduct(request: RouteRequest): Promise<RouteAnswer> {
  const { shown } = await deleteProduct(request.ctx, pathId(request), changeOptions(request));
  return readFlag(request, 'dryRun') ? ok(shown) : noContent;
}

/** DELETE /catalogue/plans/{planId}?dryRun=&preview= */
export async function removePlan(request: RouteRequest): Promise<RouteAnswer> {
  const { shown } = await deletePlan(request.ctx, pathId(request), changeOptions(request));
  return readFlag(request, 'dryRun') ? ok(shown) : noContent;
}

/** Ids of plans, or plans as `GET` answers them, so that what was read can be sent back. */
const planReference: Field<string> = (value, name) =>
  guid(typeof value === 'object' && value !== null && 'servicePlanId' in value ? value.servicePlanId : value, name);

const productFields = {
  skuPartNumber: text(nameLengthMax),
  displayName: text(nameLengthMax),
  appliesTo: oneOf('User', 'Company'),
  servicePlans: listOf(planReference, PLANS_PER_PRODUCT_MAX),
};

/** PUT /catalogue/plans/{planId}?dryRun=&preview=: 201 when the plan is new */
export async function putPlan(request: RouteRequest): Promise<RouteAnswer> {
  const fields = readRequired(withoutId(request.body, 'servicePlanId'), planFields, ['servicePlanName']);
  const wanted = {
    planId: pathId(request),
    name: fields.servicePlanName,
    displayName: fields.displayName ?? fields.servicePlanName,
    service: fields.service ?? '',
    appliesTo: fields.appliesTo ?? 'User',
    mailbox: fields.mailbox ?? false,
    deny: fields.locations?.deny ?? null,
    allow: fields.locations?.allow ?? null,
  };
  const shown = await setPlan(request.ctx, wanted, changeOptions(request));
  return answerChange(request, shown, shown.result.plan, shown.result.created);
}

const locationFields = { deny: listOf(country, countriesMax), allow: listOf(country, countriesMax) };

/** Of the two lists one at most; an empty one restricts nothing (`deny`) or everything (`allow`). */
const locations: Field<{ readonly deny?: readonly string[]; readonly allow?: readonly string[] }> = (value, name) => {
  const { deny, allow } = readFields(value, locationFields);
  if (deny !== undefined && allow !== undefined) {
    throw invalidValue(name, 'Send deny (countries without the plan) or allow (the only countries with it), not both.');
  }
  return { ...(deny === undefined || deny.length === 0 ? {} : { deny }), ...(allow === undefined ? {} : { allow }) };
};

const planFields = {
  servicePlanName: text(nameLengthMax),
  displayName: text(nameLengthMax),
  service: optionalText(nameLengthMax),
  appliesTo: oneOf('User', 'Company'),
  mailbox: flag,
  locations: orNull(locations),
};

/** GET /catalogue/rules */
export const getRules = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await readRules(ctx));

/** PUT /catalogue/rules?dryRun=&preview=: answers the rules as they are now */
export async function putRules(request: RouteRequest): Promise<RouteAnswer> {
  const { ctx, body } = request;
  const { ruleSet, exclusions, requirements } = readRequired(body, rulesFields, ['exclusions', 'requirements']);
  const active = await readRules(ctx);
  if (ruleSet !== undefined && ruleSet !== active.ruleSet) {
    throw badRequest(
      `The rules in use are those of the rule set '${active.ruleSet}', not of '${ruleSet}'.`,
      'Change ruleSet with PATCH /allot/v1/settings first.',
    );
  }
  const shown = await setRules(ctx, { exclusions, requirements }, changeOptions(request));
  return answerChange(request, shown, shown.result, false);
}

/** Plans are looked at one by one by the operation, which knows their names. */
const plansOfRule = arrayOf(guid, PLANS_PER_PRODUCT_MAX);

const rulesFields = {
  ruleSet: text(nameLengthMax),
  exclusions: arrayOf(
    (value) => readRequired(value, { name: text(nameLengthMax), plans: plansOfRule }, ['name', 'plans']),
    RULES_MAX,
  ),
  requirements: arrayOf(
    (value) => readRequired(value, { plan: guid, anyOf: plansOfRule }, ['plan', 'anyOf']),
    RULES_MAX,
  ),
};

/** A body may repeat the id of its address, as answers do. */
function withoutId(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}
