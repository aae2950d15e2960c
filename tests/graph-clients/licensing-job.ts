/** What a program is told: where the server is, who it is, and what it finds there. */
export interface Job {
  readonly url: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly skuId: string;
  readonly disabledPlan: string;
  /** The group gets both; there is a seat for the first. */
  readonly members: readonly [string, string];
  /** Everybody, in the order of their names. */
  readonly users: readonly [string, string, string, string, string];
}

/** What a program saw, in the words of its library. */
export interface Seen {
  readonly skus: readonly { readonly skuPartNumber: string; readonly enabled: number; readonly consumed: number }[];
  readonly groupId: string;
  /** The last answer of `licenseProcessingState`. */
  readonly processed: string;
  readonly assignedToGroup: readonly License[];
  /** Of the first member: everything about its license. */
  readonly states: readonly State[];
  readonly assignedLicenses: readonly License[];
  readonly groupsWithErrors: readonly string[];
  readonly membersWithErrors: readonly string[];
  /** Of the second member, after it was reprocessed. */
  readonly afterReprocess: readonly State[];
  /** Of the second member, after the first has left. */
  readonly afterSeatCameFree: readonly State[];
  /** Names of all users, by pages of two. */
  readonly names: readonly string[];
  readonly pages: number;
  /** Of the refusal to take an inherited license from a user. */
  readonly refusal: { readonly status: number; readonly code: string; readonly message: string };
}

/** What a program saw that builds a team, mends an error in it, and then only reads what changed. */
export interface SeenOfTeam {
  /** Of the first user, whose seat the second has: the error of the license, and its state when that is mended. */
  readonly error: string;
  readonly membersWithErrors: readonly string[];
  readonly afterFix: string;
  /** Names of the members who were bound when the group was made, bound to it later, referred to, and added in a batch. */
  readonly members: readonly string[];
  /** What delta says at first, and after one user got another name, one left the group and one was deleted. */
  readonly atFirst: Changes;
  readonly later: Changes;
}

/** What one round of delta says, page by page, in the order of names or ids. */
export interface Changes {
  readonly users: readonly string[];
  readonly removedUsers: readonly string[];
  readonly members: readonly string[];
  readonly removedMembers: readonly string[];
}

/** An entry of delta, as Graph documents it. */
export interface DeltaEntry {
  readonly id: string;
  readonly displayName?: string;
  readonly '@removed'?: { readonly reason: string };
  readonly 'members@delta'?: readonly DeltaEntry[];
}

/** Both lists of one round together. */
export function changesOf(users: readonly DeltaEntry[], groups: readonly DeltaEntry[]): Changes {
  const members = groups.flatMap((group) => group['members@delta'] ?? []);
  const isRemoved = (entry: DeltaEntry) => entry['@removed'] !== undefined;
  return {
    users: users
      .filter((user) => !isRemoved(user))
      .map(({ displayName = '' }) => displayName)
      .toSorted(),
    removedUsers: users.filter(isRemoved).map(({ id }) => id),
    members: members
      .filter((member) => !isRemoved(member))
      .map(({ id }) => id)
      .toSorted(),
    removedMembers: members.filter(isRemoved).map(({ id }) => id),
  };
}

/** What a program saw of batches. */
export interface SeenInBatches {
  /** Of each batch: the status of each request by its id. */
  readonly statuses: readonly Readonly<Record<string, number>>[];
  /** Ids, as a list that was asked for in a batch. */
  readonly members: readonly string[];
  /** `@odata.context` of that list, if it can be read. */
  readonly context: string;
  /** The message of the error that the program provoked. */
  readonly refusal: string;
}

interface License {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

export interface State extends License {
  readonly assignedByGroup: string | null;
  readonly state: string;
  readonly error: string;
  readonly isUpdatedLately: boolean;
}

/** A job as the first argument of a program. Written by the test that started it. */
export const jobOf = (argument = '{}'): Job => JSON.parse(argument) as Job;

/** Within this of now is lately, in milliseconds; clocks and slow machines are no reason to fail. */
const latelyMs = 10 * 60_000;

export const isLately = (time: Date | string | null | undefined): boolean =>
  time !== null && time !== undefined && Math.abs(Date.now() - new Date(time).getTime()) < latelyMs;

const triesMax = 300;

/** Asks again until the answer is as wanted; the last one if it never is. */
export async function poll<T>(ask: () => Promise<T>, isAsWanted: (answer: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (isAsWanted(answer) || tries === triesMax) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
