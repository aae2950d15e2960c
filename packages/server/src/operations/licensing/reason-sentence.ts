import type { LicenseReason, ReasonSource } from '@allot/contract';
import type { World } from '@allot/engine';

/** L-28 in words: why an entry is not plainly active, and what would help. */
export const reasonSentence = (reasons: readonly LicenseReason[], world: World): string =>
  reasons.map((reason) => sentenceOf(reason, world)).join(' ');

function sentenceOf(reason: LicenseReason, world: World): string {
  if (reason.code === 'Suspended') return suspendedSentence(reason, world);
  if (!reason.kept) return currentSentence(reason, world);
  if (reason.code !== 'DependencyViolation') return `No longer wanted, but kept. ${currentSentence(reason, world)}`;
  const { plan } = namesIn(world);
  return `No longer wanted, but kept: ${plan(reason.plan)}, which stays, needs ${reason.anyOf.map(plan).join(' or ')}, and nothing else in force has it. Assign another product that does, or take ${plan(reason.plan)} away.`;
}

function currentSentence(reason: Exclude<LicenseReason, { code: 'Suspended' }>, world: World): string {
  const { plan, product } = namesIn(world);
  const source = ({ skuId, groupId, groupName }: ReasonSource) =>
    `${product(skuId)} ${groupId === null ? 'assigned directly' : `from group ${groupName ?? groupId}`}`;

  switch (reason.code) {
    case 'ProhibitedInUsageLocationViolation':
      return `${reason.plans.map(plan).join(', ')} is not offered in ${reason.country ?? 'the usage location of these users'}. Disable the plan, or correct the usage location.`;
    case 'UniquenessViolation': {
      const shared = reason.addresses.map(
        ({ address, userPrincipalName }) => `${address} is also an address of ${userPrincipalName}`,
      );
      return `${shared.join('; ') || 'Another user has one of the proxy addresses of this user'}. Give each user an address of its own; ${reason.plans.map(plan).join(', ')} needs it.`;
    }
    case 'MutuallyExclusiveViolation': {
      const others = reason.through.map(source);
      const from = others.length ? ` (in force through ${others.join(', ')})` : '';
      return `${plan(reason.plan)} and ${plan(reason.excludes)}${from} cannot be assigned together (rule "${reason.rule}"). Disable one of the two.`;
    }
    case 'DependencyViolation': {
      const owned = reason.ownedWith.map(product);
      const where = owned.length
        ? ` Products of the tenant that have it: ${owned.join(', ')}.`
        : ' No product of the tenant has it.';
      return `${plan(reason.plan)} needs ${reason.anyOf.map(plan).join(' or ')}.${where}`;
    }
    case 'CountViolation':
      return countSentence(reason, product(reason.skuId));
    case 'Other':
      return `Not assigned because ${reason.failed.map(product).join(', ')} of the same group failed; the bundle is all or nothing.`;
  }
}

type Count = Extract<LicenseReason, { code: 'CountViolation' }>;

function countSentence({ position, waiting }: Count, product: string): string {
  const whatHelps = 'Buy seats, or take some back.';
  if (waiting === null) return `No seat of ${product} is free. ${whatHelps}`;
  if (position === null)
    return `No seat of ${product} is free; ${waiting} users of the tenant wait for one. ${whatHelps}`;
  return `No seat of ${product} is free. The user is number ${position} of ${waiting} in the line: ${position} more would serve this user, ${waiting} everybody. ${whatHelps}`;
}

type Suspended = Extract<LicenseReason, { code: 'Suspended' }>;

/** Why, until when, and what to do. */
function suspendedSentence({ skuId, kept, since, statuses, usableFrom, deletedFrom }: Suspended, world: World): string {
  const product = namesIn(world).product(skuId);
  const words = [...new Set(statuses.map((status) => wordOf[status] ?? status))].join(' and ');
  const why = words ? `every subscription of ${product} is ${words}` : `${product} has no subscription left`;
  const next = [
    ...(usableFrom === null ? [] : [` The next one starts on ${dayOf(usableFrom)}.`]),
    ...(deletedFrom === null ? [] : [` If it is not renewed until ${dayOf(deletedFrom)}, it is deleted.`]),
  ];
  return `${kept ? 'Kept, but' : 'The product is'} suspended since ${dayOf(since)}: ${why}, so its service plans do not work.${next.join('')} ${words ? 'Renew a subscription (a later endDateTime, or status Enabled)' : 'Add a subscription'} and they work again with no other change.`;
}

const wordOf: Readonly<Record<string, string>> = {
  Upcoming: 'still to start',
  Enabled: 'without units',
  Warning: 'without units',
  Suspended: 'suspended',
  LockedOut: 'locked out by an administrator',
  Deleted: 'deleted',
};

const dayOf = (instant: string): string => instant.slice(0, 10);

const namesIn = ({ catalogue }: World) => ({
  plan: (planId: string): string => catalogue.planData(planId)?.displayName ?? planId,
  product: (productId: string): string => catalogue.products.get(productId)?.data.displayName ?? productId,
});
