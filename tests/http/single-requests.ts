import type { MembershipChange, NewUser } from '../model/naive-tenant.ts';
import { setUpSteps, type Step, type World } from '../model/random-history.ts';
import { normalAddress } from '../model/tenant-state.ts';

/**
 * A history as clients can ask for it, with its set-up: users are created one by one, a membership request is about one
 * group, nobody joins twice, and a user has each address once and one primary one.
 */
export function singleRequests({ world, steps }: { world: World; steps: readonly Step[] }): {
  setUp: Step[];
  steps: Step[];
} {
  const members = new Set<string>();
  const split = (step: Step): Step[] => {
    switch (step.kind) {
      case 'addUsers':
        return step.users.map((user) => ({ kind: 'addUsers', users: [withPossibleAddresses(user)] }));
      case 'setAddresses':
        return [{ ...step, addresses: possibleAddresses(step.addresses) }];
      case 'changeMembers':
        return membershipRequests(step.changes, members);
      case 'deleteUser':
        for (const one of members) if (one.endsWith(step.userId)) members.delete(one);
        return [step];
      default:
        return [step];
    }
  };
  return { setUp: setUpSteps(world).flatMap(split), steps: steps.flatMap(split) };
}

/** Removals are requests of their own; whoever joins the same group comes in one. */
function membershipRequests(changes: readonly MembershipChange[], members: Set<string>): Step[] {
  const effective = changes.filter(({ group, user, member }) => members.has(`${group} ${user}`) !== member);
  for (const { group, user, member } of effective) {
    if (member) members.add(`${group} ${user}`);
    else members.delete(`${group} ${user}`);
  }
  const joining = Map.groupBy(
    effective.filter(({ member }) => member),
    ({ group }) => group,
  );
  const leaving = effective.filter(({ member }) => !member).map((change) => [change]);
  return [...leaving, ...joining.values()].map((some) => ({ kind: 'changeMembers', changes: some }));
}

const withPossibleAddresses = (user: NewUser): NewUser => ({
  ...user,
  addresses: possibleAddresses(user.addresses ?? []),
});

function possibleAddresses(addresses: readonly string[]): string[] {
  const first = addresses.filter(
    (address, at) => addresses.findIndex((one) => normalAddress(one) === normalAddress(address)) === at,
  );
  const primary = first.find((address) => address.startsWith('SMTP:'));
  return first.map((address) => (address === primary ? address : address.replace(/^SMTP:/, 'smtp:')));
}
