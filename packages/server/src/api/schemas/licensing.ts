import { licenseReasonCodes, ruleFailureCodes, ruleFaultCodes, ruleHintCodes, ruleProblemKinds } from '@allot/contract';
import {
  anyOf,
  count,
  flag,
  guid,
  instant,
  list,
  number,
  object,
  oneOf,
  orNull,
  ref,
  type Schema,
  text,
  whole,
} from '../../http/openapi/index.ts';

/** Ids and names of a product. */
const product = { skuId: guid, skuPartNumber: text };
const user = { id: guid, displayName: text, userPrincipalName: text };
const fixes = list(ref('licenseFix'));
/** An address that this user has too. */
const addressInUse = object({ address: text, userId: guid, userPrincipalName: text });
const reasons = list(ref('licenseReason'));
const assignment = { groupId: orNull(guid), groupName: orNull(text), ...product };
const ofPlan = {
  seats: list(ref('seatChange')),
  licenses: list(ref('licenseChange')),
  inError: list(ref('errorToExpect')),
};
const progress = { state: text, done: count, total: count, failed: count, etaSeconds: orNull(count) };
const changeableByGroup = {
  atomicity: oneOf('bundle', 'product'),
  priority: count,
  licenseInheritance: oneOf('direct', 'transitive'),
  newPlans: oneOf('on', 'off'),
  prerequisites: oneOf('group', 'user'),
};
const usersOfRule = object({
  count,
  users: list(object(user)),
});
const reasonFacts = {
  skuId: guid,
  // null: of many users.
  position: orNull(count),
  waiting: orNull(count),
  plan: guid,
  excludes: guid,
  rule: text,
  through: list(object({ skuId: guid, groupId: orNull(guid), groupName: orNull(text) })),
  anyOf: list(guid),
  ownedWith: list(guid),
  plans: list(guid),
  country: orNull(text),
  addresses: list(object({ address: text, userId: guid, userPrincipalName: text })),
  failed: list(guid),
  since: instant,
  statuses: list(text),
  usableFrom: orNull(instant),
  deletedFrom: orNull(instant),
};
/** What is filled in; which names there are depends on the code. */
const sentenceArguments: Schema = { type: 'object' };
const initiator = object({ kind: oneOf('app', 'user'), id: text, displayName: text });

/** Who has which license, why, since when, and how far things are. */
export const licensingSchemas: Readonly<Record<string, Schema>> = {
  summary: object({
    tenant: object({ id: guid, displayName: text }),
    users: count,
    licensesGranted: count,
    products: list(
      object({
        ...product,
        displayName: text,
        status: text,
        usable: count,
        consumed: count,
        // Negative when seats were taken away.
        free: whole,
        waiting: count,
      }),
    ),
    errors: list(object({ error: text, count, groups: count })),
    usersInError: count,
    groupsInError: count,
    pending: count,
  }),
  processing: object({ pending: count, groups: list(object({ id: guid, ...progress })) }),
  changes: object({ position: text, pending: count }),
  waitingUser: object({
    position: { type: 'integer', minimum: 1 },
    userId: guid,
    userPrincipalName: text,
    since: instant,
    priority: orNull(count),
    groupId: orNull(guid),
  }),
  checkResult: object({
    clean: flag,
    checked: object({ users: count, cohorts: count, products: count }),
    pending: object({ users: count, deferredUsers: count, groups: count, rules: count }),
    checks: list(
      object({
        name: text,
        claim: text,
        count,
        differences: list(object({ sentence: text, ids: { type: 'object' } })),
      }),
    ),
  }),
  seats: object({ ...product, consumedUnits: count, usableUnits: count }),

  seatSeries: object({
    ...product,
    points: list(object({ at: instant, consumedUnits: count, usableUnits: count })),
  }),
  groupLicensing: object({
    ...changeableByGroup,
    ...progress,
    deletionRequestedDateTime: orNull(instant),
    rule: orNull(ref('ruleStanding')),
  }),
  groupLicensingToChange: object(changeableByGroup, 'all'),
  ruleStanding: object({
    membershipRule: text,
    status: oneOf('Not started', 'Evaluating', 'Processing', 'Update complete', 'Processing error', 'Update paused'),
    errorMessage: orNull(text),
    error: orNull(
      object({
        code: oneOf(...ruleFaultCodes, ...ruleFailureCodes),
        hintCode: orNull(oneOf(...ruleHintCodes)),
        arguments: sentenceArguments,
      }),
    ),
    lastEvaluationDateTime: orNull(instant),
    lastMembershipUpdateDateTime: orNull(instant),
    nextEvaluationDateTime: orNull(instant),
  }),
  groupErrorCause: object({
    error: text,
    ...product,
    count,
    reason: text,
    reasons,
    sampleUsers: list(object({ id: guid, userPrincipalName: text })),
    fixes,
  }),
  userInError: object({ ...user, count, error: text, ...product, reason: text, reasons, fixes }),
  groupInError: object({ id: guid, displayName: text, users: count, mostFrequent: ref('groupErrorCause') }),
  licenseFix: object(
    {
      kind: oneOf(
        'disablePlans',
        'enablePlans',
        'assignProduct',
        'setUsageLocation',
        'fixAddress',
        'buySeats',
        'licenseByProduct',
        'removeDirectLicense',
        'removeFromGroup',
      ),
      skuId: guid,
      // null: the user's own assignment.
      groupId: orNull(guid),
      plans: list(guid),
      disabledPlans: list(guid),
      addresses: list(addressInUse),
    },
    // Which it has, depends on its kind.
    ['skuId', 'groupId', 'plans', 'disabledPlans', 'addresses'],
  ),
  licenseReason: object(
    {
      code: oneOf(...licenseReasonCodes),
      kept: flag,
      ...reasonFacts,
    },
    // Which it has, depends on its code.
    Object.keys(reasonFacts),
  ),
  explanation: object({
    ...product,
    source: text,
    sourceName: text,
    state: text,
    error: text,
    // Which ids it has, depends on the error.
    reason: orNull({ type: 'object' }),
    sentence: text,
    reasons,
    fixes,
  }),

  userHistory: object({ value: list(ref('userAtInstant')) }),
  userAtInstant: object({
    since: orNull(instant),
    change: orNull(ref('pastChange')),
    licenses: list(
      object({
        ...product,
        source: text,
        sourceName: text,
        state: text,
        error: text,
        disabledPlans: list(guid),
        servicePlans: list(guid),
      }),
    ),
  }),
  pastChange: object({
    id: count,
    activity: text,
    correlationId: guid,
    // null: the caller may not read the audit log.
    causes: orNull(
      list(
        object({
          activity: text,
          activityDateTime: instant,
          correlationId: guid,
          initiatedBy: initiator,
          targets: list(object({ id: text, displayName: orNull(text), type: text })),
        }),
      ),
    ),
  }),
  addresses: object({ proxyAddresses: list(text) }),
  directoryExtension: object({ name: text, value: anyOf(text, number, flag) }),
  userAddresses: object({ proxyAddresses: list(text), sharedAddresses: list(addressInUse) }),

  ruleToCheck: object({ membershipRule: text }),
  ruleCheck: object({
    valid: flag,
    normalized: orNull(text),
    error: orNull(
      object({
        kind: oneOf(...ruleProblemKinds),
        message: text,
        position: count,
        length: count,
        hint: text,
        suggestions: list(text),
        code: oneOf(...ruleFaultCodes),
        hintCode: oneOf(...ruleHintCodes),
        arguments: sentenceArguments,
      }),
    ),
  }),
  ruleProperty: object({
    name: text,
    type: text,
    operators: list(text),
    quantifiers: list(text),
    values: text,
    elements: list(ref('ruleProperty')),
  }),
  ruleToPreview: object({ membershipRule: text, groupId: guid }, ['groupId']),
  rulePreview: object({
    effect: ref('catalogueEffect'),
    ...ofPlan,
    members: object({ before: count, after: count }),
    joining: usersOfRule,
    leaving: usersOfRule,
    cascades: list(object({ groupId: guid, displayName: text, reads: oneOf('members', 'plans') })),
  }),
  planEffect: object({ effect: ref('catalogueEffect'), ...ofPlan }),
  membersToPreview: object({ addMembers: list(guid), removeMembers: list(guid) }, ['addMembers', 'removeMembers']),
  userChangeToPreview: object({ userIds: list(guid), change: { type: 'object' } }),
  usersToDelete: object({ userIds: list(guid) }),
  usersToPreview: object({ userIds: list(guid), addLicenses: list({ type: 'object' }), removeLicenses: list(guid) }),
  userLicensePreview: object({
    effect: ref('catalogueEffect'),
    ...ofPlan,
    users: list(
      object({
        ...user,
        granted: flag,
        error: text,
        skuId: orNull(guid),
        reason: orNull({ type: 'object' }),
        sentence: text,
        refusal: orNull(text),
        reasons,
        fixes,
      }),
    ),
    others: object({ count, users: list(object({ ...user, gained: list(guid), lost: list(guid) })) }),
  }),
  licenseChange: object({ ...assignment, gaining: count, losing: count, inError: count }),
  errorToExpect: object({
    ...assignment,
    error: text,
    count,
    reason: text,
    reasons,
    sampleUsers: list(object(user)),
    fixes,
  }),
  seatChange: object({ ...product, usable: count, consumedBefore: count, consumedAfter: count }),
};
