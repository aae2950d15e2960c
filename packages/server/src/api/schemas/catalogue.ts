import { importSentenceCodes } from '@allot/contract';
import {
  count,
  flag,
  guid,
  instant,
  list,
  object,
  oneOf,
  orNull,
  ref,
  type Schema,
  text,
} from '../../http/openapi/index.ts';
import { subscriptionStatuses } from '../../operations/subscriptions/subscription.ts';

const product = { skuId: guid, skuPartNumber: text };
const countries = list({ type: 'string', pattern: '^[A-Z]{2}$' });
const locations = { anyOf: [object({ deny: countries }), object({ allow: countries }), { type: 'null' }] };
const appliesTo = oneOf('User', 'Company');
const status = oneOf(...subscriptionStatuses);
const exclusions = list(object({ name: text, plans: list(guid) }));
const requirements = list(object({ plan: guid, anyOf: list(guid) }));
const settings = {
  defaultUsageLocation: orNull({ type: 'string', pattern: '^[A-Z]{2}$' }),
  autoResolve: flag,
  gracePeriod: text,
  keepUntilReplaced: flag,
  onGroupDelete: oneOf('convert', 'error'),
  ruleSet: text,
  warningPeriod: text,
  suspendedPeriod: text,
  auditRetention: orNull(text),
};
/** A problem or a note as data; which arguments it has, depends on the code. */
const importSentence = object({ code: oneOf(...importSentenceCodes), arguments: { type: 'object' } });
const imported = {
  read: count,
  created: count,
  updated: count,
  unchanged: count,
  skipped: count,
  notes: list(object({ line: count, column: text, text, sentence: importSentence }, ['column', 'sentence'])),
  problems: list(object({ line: count, column: text, problem: text, sentence: importSentence }, ['sentence'])),
};
const ofGroup = { groupId: orNull(guid), groupName: orNull(text) };
const servicePlans = list(ref('plan'));

/** What the organization has and how it is set: products, plans, rules, seats, settings and imports. */
export const catalogueSchemas: Readonly<Record<string, Schema>> = {
  product: object({ ...product, displayName: text, appliesTo, servicePlans }),
  productToSet: object(
    {
      ...product,
      displayName: text,
      appliesTo,
      // Ids, or plans as they are answered.
      servicePlans: list({ anyOf: [guid, { type: 'object', required: ['servicePlanId'] }] }),
    },
    ['skuId', 'displayName', 'appliesTo'],
  ),
  plan: object({
    servicePlanId: guid,
    servicePlanName: text,
    displayName: text,
    service: text,
    appliesTo,
    mailbox: flag,
    locations,
  }),
  planToSet: object(
    {
      servicePlanId: guid,
      servicePlanName: text,
      displayName: text,
      service: text,
      appliesTo,
      mailbox: flag,
      locations,
    },
    ['servicePlanId', 'displayName', 'service', 'appliesTo', 'mailbox', 'locations'],
  ),
  catalogueRules: object({ ruleSet: text, exclusions, requirements }),
  catalogueRulesToSet: object({ ruleSet: text, exclusions, requirements }, ['ruleSet']),
  settings: object(settings),
  settingsToChange: object(settings, 'all'),

  subscription: object({
    id: guid,
    skuId: guid,
    units: count,
    status,
    startDateTime: instant,
    endDateTime: orNull(instant),
    nextLifecycleDateTime: orNull(instant),
  }),
  subscriptionToCreate: object({ skuId: guid, units: count, status, startDateTime: text, endDateTime: orNull(text) }, [
    'status',
    'startDateTime',
    'endDateTime',
  ]),
  subscriptionToChange: object({ units: count, status, startDateTime: text, endDateTime: orNull(text) }, 'all'),

  cataloguePreview: object({ effect: ref('catalogueEffect'), preview: text }),
  catalogueEffect: object({
    users: count,
    gained: list(ref('planUsers')),
    lost: list(ref('planUsers')),
    assignments: list(
      object({
        ...ofGroup,
        ...product,
        newPlans: orNull(oneOf('on', 'off')),
        users: count,
        gained: list(ref('planUsers')),
        heldOff: list(text),
        lost: list(ref('planUsers')),
      }),
    ),
    assignmentsUnlisted: count,
    errors: list(object({ ...ofGroup, ...product, error: text, usersBefore: count, usersAfter: count })),
  }),
  planUsers: object({ servicePlanId: guid, servicePlanName: text, users: count }),

  importResult: object(imported),
  productImportResult: object({
    ...imported,
    effect: ref('catalogueEffect'),
    preview: text,
    changes: list(
      object(
        {
          ...product,
          change: oneOf('new', 'changed'),
          renamedFrom: object({ skuPartNumber: text, displayName: text }),
          gained: list(text),
          lost: list(text),
        },
        ['renamedFrom'],
      ),
    ),
    kept: list(object(product)),
    renamedPlans: list(
      object({
        servicePlanId: guid,
        servicePlanName: text,
        displayName: text,
        renamedFrom: object({ servicePlanName: text, displayName: text }),
      }),
    ),
  }),
};
