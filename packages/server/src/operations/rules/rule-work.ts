import {
  type FollowedRule,
  PENDING_USERS_MAX,
  type PendingRule,
  RULES_COMPARED_MAX,
  type RuleScope,
} from '@allot/store';

/** Rules to be compared with the same users. */
export interface Work {
  /** At most RULES_COMPARED_MAX. */
  readonly rules: readonly FollowedRule[];
  /** null: everybody. */
  readonly scope: RuleScope | null;
}

/** Members of some group, whichever: what a user's own change of memberships is to rules. */
export const anyMembership = 'memberof:*';

interface Target {
  everybody: boolean;
  readonly userNos: Set<number>;
  readonly cohortNos: Set<number>;
}

/** Whom to compare with which rules, in an order in which a rule over members of groups comes after the rules of those groups. */
export class RuleWork {
  readonly #targets = new Map<FollowedRule, Target>();
  /** By the group whose members they read. */
  readonly #readers = new Map<string, FollowedRule[]>();
  readonly #levels: ReadonlyMap<FollowedRule, number>;

  constructor(rules: readonly FollowedRule[], rows: readonly PendingRule[]) {
    this.#levels = levelsOf(rules);
    for (const rule of rules) {
      for (const source of sourcesOf(rule)) this.#readers.set(source, [...(this.#readers.get(source) ?? []), rule]);
    }
    const askedAlike = Map.groupBy(rows, ({ groupId, reads }) => `${groupId}|${reads?.join()}`);
    for (const alike of askedAlike.values()) {
      const concerned = rules.filter((rule) => alike.slice(0, 1).some((row) => concerns(row, rule)));
      for (const rule of concerned) for (const row of alike) this.#add(rule, row);
    }
  }

  /** The next to be done; undefined: all is done. */
  next(): Work | undefined {
    const [first] = [...this.#targets].toSorted(([a], [b]) => this.#levelOf(a) - this.#levelOf(b));
    if (first === undefined) return undefined;
    const [firstRule, target] = first;
    const [level, key] = [this.#levelOf(firstRule), keyOf(target)];
    const rules = [...this.#targets]
      .filter(([rule, other]) => this.#levelOf(rule) === level && keyOf(other) === key)
      .slice(0, RULES_COMPARED_MAX)
      .map(([rule]) => rule);
    for (const rule of rules) this.#targets.delete(rule);
    const scope = target.everybody ? null : { userNos: [...target.userNos], cohortNos: [...target.cohortNos] };
    return { rules, scope };
  }

  /** These users came into a group or left it: compares them with the rules over its members. */
  membersChanged(groupId: string, userNos: readonly number[]): void {
    const many = userNos.length > PENDING_USERS_MAX;
    for (const rule of this.#readers.get(groupId) ?? []) {
      if (many) this.#add(rule, { userNo: null, cohortNos: null });
      else for (const userNo of userNos) this.#add(rule, { userNo, cohortNos: null });
    }
  }

  #add(rule: FollowedRule, { userNo, cohortNos }: Pick<PendingRule, 'userNo' | 'cohortNos'>): void {
    const target = this.#targets.get(rule) ?? { everybody: false, userNos: new Set(), cohortNos: new Set() };
    this.#targets.set(rule, target);
    if (userNo !== null) target.userNos.add(userNo);
    else if (cohortNos === null) target.everybody = true;
    else for (const cohortNo of cohortNos) target.cohortNos.add(cohortNo);
    if (target.userNos.size > PENDING_USERS_MAX) target.everybody = true;
  }

  #levelOf(rule: FollowedRule): number {
    return this.#levels.get(rule) ?? 0;
  }
}

const keyOf = ({ everybody, userNos, cohortNos }: Target): string =>
  everybody ? '*' : `${[...userNos].join()}|${[...cohortNos].join()}`;

/** Groups whose members a rule reads. */
const sourcesOf = ({ reads }: Pick<FollowedRule, 'reads'>): readonly string[] =>
  reads.flatMap((name) => (name.startsWith('memberof:') ? name.slice('memberof:'.length) : []));

function concerns({ groupId, reads }: PendingRule, rule: FollowedRule): boolean {
  if (groupId !== null) return groupId === rule.groupId;
  if (reads === null) return true;
  return (
    reads.some((name) => rule.reads.includes(name)) || (reads.includes(anyMembership) && sourcesOf(rule).length > 0)
  );
}

/** By rule: one more than the highest among the rules whose members it reads. Rules in a circle are refused when they are saved. */
function levelsOf(rules: readonly FollowedRule[]): ReadonlyMap<FollowedRule, number> {
  const byGroup = new Map(rules.map((rule) => [rule.groupId, rule]));
  const levels = new Map<FollowedRule, number>();
  const levelOf = (rule: FollowedRule): number => {
    const known = levels.get(rule);
    if (known !== undefined) return known;
    // Ends a circle, should there be one.
    levels.set(rule, 0);
    const below = sourcesOf(rule).flatMap((groupId) => byGroup.get(groupId) ?? []);
    const level = below.length ? 1 + Math.max(...below.map((one) => levelOf(one))) : 0;
    levels.set(rule, level);
    return level;
  };
  for (const rule of rules) levelOf(rule);
  return levels;
}
