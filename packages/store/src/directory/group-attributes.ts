import { attributes, attributeTable, operators } from './attributes.ts';

/** What the directory keeps of a group, and what `$filter` and `$orderby` may do with it. */
export const groupAttributes = attributeTable([
  ...attributes('guid', operators.choice, { id: 'id' }),
  ...attributes('dateTime', operators.time, { createdDateTime: 'created_at' }, 'advanced'),
  ...attributes('dateTime', operators.advancedTime, { deletedDateTime: 'deleted_at' }, 'advanced'),
  ...attributes('string', operators.text, { displayName: 'display_name' }, 'usual'),
  ...attributes('string', operators.textWithEnd, { mail: 'mail' }, 'advanced'),
  ...attributes('string', operators.text, { mailNickname: 'mail_nickname' }, 'advanced'),
  ...attributes('string', operators.advancedText, { description: 'description' }),
  ...attributes('string', operators.text, { membershipRule: 'membership_rule' }),
  ...attributes('string', operators.choice, {
    membershipRuleProcessingState: 'membership_rule_processing_state',
    visibility: 'visibility',
  }),
  ...attributes('string', operators.choice, { uniqueName: 'unique_name' }),
  ...attributes('boolean', operators.choice, { mailEnabled: 'mail_enabled', securityEnabled: 'security_enabled' }),
  ...attributes('strings', operators.collection, { groupTypes: 'group_types' }),
  // Known to Graph's filters and never kept here: no group has one.
  ...attributes('string', operators.advancedText, { onPremisesSamAccountName: null, preferredLanguage: null }),
  ...attributes('strings', operators.collectionWithEnd, { proxyAddresses: null }),
  ...attributes('licenses', operators.licenses, { assignedLicenses: null }),
  ...attributes('errors', operators.choice, { hasMembersWithLicenseErrors: null }),
]);
