import type { Client, GroupLicensing, RulePreview } from '@allot/contract';
import { type Io, write } from '../../io.ts';
import { type CommonOptions, openSession, type Session } from '../../leaf-command.ts';
import { findGroup, type NamedGroup } from '../../names/groups.ts';
import { orUnknownUser, userPath } from '../../names/users.ts';
import { printable } from '../../output/printable.ts';
import { printJson } from '../../output/rows.ts';

export interface FollowRuleOptions extends CommonOptions {
  readonly set?: string;
  readonly dryRun?: boolean;
  readonly pause?: boolean;
  readonly resume?: boolean;
  readonly static?: boolean;
  readonly test?: string;
}

/** L-26: shows, changes, pauses or takes away the rule that the members of a group follow, or tests a user with it. */
export async function followRule(name: string, options: FollowRuleOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const group = await findGroup(session.client, name);
  if (options.set !== undefined && options.dryRun === true) return preview(session, group, options.set);
  if (options.test !== undefined) return test(session, group, options.test, options.set);
  const body = {
    ...(options.set === undefined
      ? {}
      : { groupTypes: await typesWithRule(session.client, group), membershipRule: options.set }),
    ...(options.pause === true ? { membershipRuleProcessingState: 'Paused' } : {}),
    ...(options.resume === true ? { membershipRuleProcessingState: 'On' } : {}),
    ...(options.static === true
      ? { groupTypes: (await typesOf(session.client, group)).filter((type) => type !== dynamic) }
      : {}),
  };
  if (Object.keys(body).length > 0) await session.client.send('PATCH', `/v1.0/groups/${group.id}`, body);
  return show(session, group);
}

const dynamic = 'DynamicMembership';

const typesOf = async (client: Client, { id }: NamedGroup): Promise<readonly string[]> =>
  (await client.get<{ groupTypes: string[] }>(`/v1.0/groups/${id}?$select=groupTypes`)).groupTypes;

const typesWithRule = async (client: Client, group: NamedGroup): Promise<readonly string[]> => [
  ...new Set([...(await typesOf(client, group)), dynamic]),
];

async function show({ client, format, io }: Session, { id, displayName }: NamedGroup): Promise<void> {
  const { rule } = await client.get<GroupLicensing>(`/allot/v1/groups/${id}/licensing`);
  if (format === 'json') return printJson(rule, io);
  if (rule === null)
    return write(io.out, `${printable(displayName)} follows no rule; its members are added and removed by hand.\n`);
  const lines = [
    displayName,
    `rule     ${rule.membershipRule}`,
    `status   ${rule.status}${rule.errorMessage === null ? '' : `: ${rule.errorMessage}`}`,
    ...(rule.lastMembershipUpdateDateTime === null
      ? []
      : [`members  last changed ${rule.lastMembershipUpdateDateTime}`]),
    ...(rule.nextEvaluationDateTime === null
      ? []
      : [`next     ${rule.nextEvaluationDateTime}, when time may change who is named`]),
  ];
  return write(io.out, `${lines.map(printable).join('\n')}\n`);
}

const count = (number: number): string => number.toLocaleString('en-US');

async function preview({ client, format, io }: Session, group: NamedGroup, membershipRule: string): Promise<void> {
  const shown = await client.send<RulePreview>('POST', '/allot/v1/rules/preview', {
    groupId: group.id,
    membershipRule,
  });
  if (shown === undefined) throw new Error('The server answered nothing.');
  if (format === 'json') return printJson(shown, io);
  const { members, joining, leaving, effect, seats, cascades } = shown;
  const some = (users: RulePreview['joining']): string => {
    const names = users.users.map(({ userPrincipalName }) => userPrincipalName).join(', ');
    return users.count === 0
      ? 'nobody'
      : `${count(users.count)}: ${names}${users.count > users.users.length ? ', …' : ''}`;
  };
  const lines = [
    `Nothing is changed. With this rule ${group.displayName} has ${count(members.after)} members instead of ${count(members.before)}.`,
    `join     ${some(joining)}`,
    `leave    ${some(leaving)}`,
    `plans    of ${count(effect.users)} users change`,
    ...seats.map(
      ({ skuPartNumber, consumedBefore, consumedAfter, usable }) =>
        `seats    ${skuPartNumber}: ${count(consumedBefore)} -> ${count(consumedAfter)} of ${count(usable)}`,
    ),
    ...effect.errors.map(
      ({ error, skuPartNumber, groupName, usersBefore, usersAfter }) =>
        `errors   ${error}, ${skuPartNumber}${groupName === null ? '' : ` from ${groupName}`}: ${count(usersBefore)} -> ${count(usersAfter)}`,
    ),
    ...cascades.map(
      ({ displayName, reads }) =>
        `follows  ${displayName}, whose rule reads ${reads === 'members' ? 'these members' : 'plans that they get'}`,
    ),
  ];
  return write(io.out, `${lines.map(printable).join('\n')}\n`);
}

interface Expression {
  readonly expression: string;
  readonly expressionResult: boolean;
  readonly propertyToEvaluate?: { readonly propertyName: string; readonly propertyValue: string | null };
  readonly expressionEvaluationDetails: readonly Expression[];
}

interface Evaluated {
  readonly membershipRuleEvaluationResult: boolean;
  readonly membershipRuleEvaluationDetails: Expression;
}

async function test(
  { client, format, io }: Session,
  group: NamedGroup,
  user: string,
  membershipRule: string | undefined,
): Promise<void> {
  const found = client.get<{ id: string }>(`${userPath(user)}?$select=id`);
  const { id: memberId } = await orUnknownUser(client, user, found);
  const path = membershipRule === undefined ? `/beta/groups/${group.id}` : '/beta/groups';
  const body = { memberId, ...(membershipRule === undefined ? {} : { membershipRule }) };
  const evaluated = await client.send<Evaluated>('POST', `${path}/evaluateDynamicMembership`, body);
  if (evaluated === undefined) throw new Error('The server answered nothing.');
  if (format === 'json') return printJson(evaluated, io);
  const { membershipRuleEvaluationResult: named, membershipRuleEvaluationDetails: details } = evaluated;
  const lines = [`The rule ${named ? 'names' : 'does not name'} ${user}.`, ...linesOf(details, 1)];
  return write(io.out, `${lines.map(printable).join('\n')}\n`);
}

function linesOf(
  { expression, expressionResult, propertyToEvaluate, expressionEvaluationDetails }: Expression,
  depth: number,
): string[] {
  const value =
    propertyToEvaluate === undefined
      ? ''
      : `   (${propertyToEvaluate.propertyName}: ${propertyToEvaluate.propertyValue ?? 'none'})`;
  return [
    `${'  '.repeat(depth)}${expressionResult ? 'true ' : 'false'}  ${expression}${value}`,
    ...expressionEvaluationDetails.flatMap((one) => linesOf(one, depth + 1)),
  ];
}
