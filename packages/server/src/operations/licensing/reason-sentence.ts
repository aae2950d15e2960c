import { direct, type Reason, type Source, type World } from '@allot/engine';

/** What a sentence needs to name things, beside the catalogue. */
export interface Naming {
  readonly world: World;
  readonly groupName: (groupId: string) => string;
  readonly country: string | null;
  /** Place in the line and length of it, by product. */
  readonly position: (productId: string) => { readonly position: number; readonly waiting: number } | undefined;
  /** Addresses shared with others, in words. */
  readonly sharedAddresses: readonly string[];
  /** Sources that have a plan in force. */
  readonly sourcesOf: (planId: string) => readonly { readonly source: Source; readonly productId: string }[];
  /** Products of the tenant that contain a plan. */
  readonly ownedWith: (planId: string) => readonly string[];
}

/**
 * L-28 in words: why an entry is not plainly active, and what would help.
 * @param kept the assignment, or plans of it, are not wanted any more and stay in force (L-08, L-09)
 */
export function reasonSentence(reason: Reason, naming: Naming, kept: boolean): string {
  return kept ? keptSentence(reason, naming) : currentSentence(reason, naming);
}

function keptSentence(reason: Reason, naming: Naming): string {
  const plan = (planId: string) => naming.world.catalogue.planData(planId)?.displayName ?? planId;
  if (reason.error !== 'DependencyViolation') return `No longer wanted, but kept. ${currentSentence(reason, naming)}`;
  return `No longer wanted, but kept: ${plan(reason.plan)}, which stays, needs ${reason.anyOf.map(plan).join(' or ')}, and nothing else in force has it. Assign another product that does, or take ${plan(reason.plan)} away.`;
}

function currentSentence(reason: Reason, naming: Naming): string {
  const plan = (planId: string) => naming.world.catalogue.planData(planId)?.displayName ?? planId;
  const product = (productId: string) => naming.world.catalogue.products.get(productId)?.data.displayName ?? productId;
  const source = (from: { source: Source; productId: string }) =>
    `${product(from.productId)} ${from.source === direct ? 'assigned directly' : `from group ${naming.groupName(from.source)}`}`;

  switch (reason.error) {
    case 'ProhibitedInUsageLocationViolation':
      return `${reason.plans.map(plan).join(', ')} is not offered in ${naming.country ?? 'a tenant without usage location'}. Disable the plan, or correct the usage location.`;
    case 'UniquenessViolation':
      return `${naming.sharedAddresses.join('; ') || 'Another user has one of the proxy addresses of this user'}. Give each user an address of its own; ${reason.plans.map(plan).join(', ')} needs it.`;
    case 'MutuallyExclusiveViolation': {
      const others = naming.sourcesOf(reason.excludes).map(source);
      const from = others.length ? ` (in force through ${others.join(', ')})` : '';
      return `${plan(reason.plan)} and ${plan(reason.excludes)}${from} cannot be assigned together (rule "${reason.rule}"). Disable one of the two.`;
    }
    case 'DependencyViolation': {
      const owned = [...new Set(reason.anyOf.flatMap((planId) => naming.ownedWith(planId)))].map(product);
      const where = owned.length
        ? ` Products of the tenant that have it: ${owned.join(', ')}.`
        : ' No product of the tenant has it.';
      return `${plan(reason.plan)} needs ${reason.anyOf.map(plan).join(' or ')}.${where}`;
    }
    case 'CountViolation': {
      const place = naming.position(reason.productId);
      const line = place
        ? ` The user is number ${place.position} of ${place.waiting} in the line: ${place.position} more would serve this user, ${place.waiting} everybody.`
        : '';
      return `No seat of ${product(reason.productId)} is free.${line} Buy seats, or take some back.`;
    }
    case 'Other':
      return `Not assigned because ${reason.failed.map(product).join(', ')} of the same group failed; the bundle is all or nothing.`;
  }
}
