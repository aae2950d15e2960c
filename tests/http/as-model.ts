import assert from 'node:assert/strict';
import { licenseErrors } from '@allot/contract';
import { Intent } from '../model/intent.ts';
import { NaiveTenant } from '../model/naive-tenant.ts';
import type { ModelCatalogue } from '../model/catalogue.ts';
import { applyToModel, type Step, type World } from '../model/random-history.ts';
import type { Refusal } from '../model/refusals.ts';
import type { HttpTenant, ShownUser } from './http-tenant.ts';

/** A history on a tenant of a server and on the model; after every step both must show the same. */
export async function assertSameAsModel(
  tenant: HttpTenant,
  world: World,
  setUp: readonly Step[],
  steps: readonly Step[],
): Promise<void> {
  await tenant.setUp(world);
  const model = new ModelTenant(world);
  for (const step of setUp) {
    model.apply(step);
    assert.equal(await tenant.apply(step), undefined);
  }
  for (const [at, step] of steps.entries()) {
    const told = `step ${at} (${step.kind})`;
    const refusal = model.apply(step);
    assertRefusal(await tenant.apply(step), refusal, step, model.rules, told);
    await tenant.settled();
    await assertShown(tenant, model, told);
  }
}

type Rules = Pick<ModelCatalogue, 'exclusions' | 'requirements'>;

/** The model with what it was asked for. */
class ModelTenant {
  readonly intent: Intent;
  readonly world: World;
  readonly naive: NaiveTenant;
  readonly #accepted: Step[] = [];

  constructor(world: World) {
    this.world = world;
    this.intent = new Intent(world);
    this.naive = new NaiveTenant(world.catalogue, world.settings);
  }

  /** Exclusions and requirements as they are now. */
  get rules(): Rules {
    return this.#accepted.findLast((step) => step.kind === 'setRules') ?? this.world.catalogue;
  }

  apply(step: Step): Refusal | undefined {
    const refusal = applyToModel(this.naive, step);
    if (refusal) return refusal;
    this.#accepted.push(step);
    this.intent.accept(step);
    return undefined;
  }
}

function assertRefusal(
  answered: string | undefined,
  refusal: Refusal | undefined,
  step: Step,
  rules: Rules,
  told: string,
): void {
  if (refusal === undefined || answered === undefined) {
    assert.equal(answered, refusal?.message, told);
    return;
  }
  if (refusal.reason === 'exclusive') return assertExclusive(answered, rules, told);
  const texts = textsOf(refusal, step, rules);
  assert.ok(texts.includes(answered), `${told}: '${answered}' is none of ${JSON.stringify(texts)}`);
}

/** Names plans of one exclusion set, two of them or more. */
function assertExclusive(answered: string, { exclusions }: Rules, told: string): void {
  const [, listed = ''] =
    /^License assignment failed because service plans (\S+) are mutually exclusive$/.exec(answered) ?? [];
  const named = listed.split(',');
  assert.ok(named.length > 1, `${told}: ${answered}`);
  assert.ok(
    exclusions.some(({ plans }) => named.every((plan) => plans.includes(plan))),
    `${told}: ${answered}`,
  );
}

/** The literal texts of a refusal: where several things are at fault, whichever of them it names. */
function textsOf({ reason, message }: Refusal, step: Step, { requirements }: Rules): string[] {
  const add = 'add' in step ? step.add : [];
  const removed = 'remove' in step ? step.remove : [];
  if (reason === 'foreignPlan') {
    return add.flatMap(({ productId, disabledPlans }) =>
      disabledPlans.map((plan) => licenseErrors.foreignPlan(plan, productId).message),
    );
  }
  if (reason === 'notHeld' && step.kind === 'assignGroup')
    return removed.map((skuId) => licenseErrors.groupNotHeld(skuId).message);
  if (reason === 'prohibited')
    return ['DE', 'US', 'CN'].map((country) => licenseErrors.prohibitedLocation(country).message);
  if (reason === 'dependency') {
    // The catalogue keeps the plans of a rule in order.
    return requirements.map(({ plan, anyOf }) => licenseErrors.dependency(plan, anyOf.toSorted()).message);
  }
  return [message];
}

async function assertShown(tenant: HttpTenant, { naive, intent, world }: ModelTenant, told: string): Promise<void> {
  const shown = await tenant.shown();
  assert.deepEqual([...shown.users.keys()].toSorted(), [...intent.users].toSorted(), told);
  for (const [userId, user] of shown.users) {
    assert.deepEqual(sorted(user), expectedUser(userId, naive, intent, world), `${told}: ${userId}`);
  }
  let granted = 0;
  for (const [productId, usable] of intent.seats) {
    const line = naive.waiting(productId);
    const consumed = naive.consumed(productId);
    granted += consumed;
    assert.deepEqual(
      shown.products.get(productId),
      { usable, consumed, waiting: line.length },
      `${told}: ${productId}`,
    );
    if (line.length > 0) assert.deepEqual(await tenant.waiting(productId), line, `${told}: ${productId}`);
  }
  assert.deepEqual([shown.usersInTotal, shown.licensesGranted], [intent.users.size, granted], told);
}

/** In the order of the model: by source, then by product. */
const sorted = ({ licenseAssignmentStates, assignedLicenses }: ShownUser): ShownUser => ({
  licenseAssignmentStates: licenseAssignmentStates.toSorted(
    (a, b) => compare(a.source, b.source) || compare(a.productId, b.productId),
  ),
  assignedLicenses,
});

function expectedUser(userId: string, naive: NaiveTenant, intent: Intent, { catalogue }: World): ShownUser {
  const off = (productId: string, on: readonly string[]) =>
    (catalogue.products.find(({ id }) => id === productId)?.plans ?? [])
      .filter((plan) => !on.includes(plan))
      .toSorted();
  const entries = naive.entries(userId);
  const wishes = intent.wishesOf(userId);
  const inForce = new Map<string, string[]>();
  for (const { productId, state, enabledPlans } of entries) {
    if (state !== 'Error') inForce.set(productId, [...(inForce.get(productId) ?? []), ...enabledPlans]);
  }
  return {
    licenseAssignmentStates: entries.map(({ source, productId, state, error, enabledPlans }) => {
      const wish = wishes.find((one) => one.source === source && one.productId === productId);
      return { source, productId, state, error, disabledPlans: off(productId, wish?.plans ?? enabledPlans) };
    }),
    assignedLicenses: new Map([...inForce].map(([productId, plans]) => [productId, off(productId, plans)])),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
