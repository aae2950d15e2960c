import type { RuleReads } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';

/** How a property of a rule is read from `u`, a row of allot.directory_user, and which attribute of Graph it is. */
export interface RuleProperty {
  /** As changes name it: an attribute of Graph, of the fifteen extension attributes its own name. */
  readonly attribute: string;
  readonly value: RawBuilder<unknown>;
}

/** Properties of rules by the column that keeps them, and the attribute of Graph where it has another name. */
const columns: Readonly<Record<string, readonly [column: string, attribute?: string]>> = {
  accountEnabled: ['account_enabled'],
  dirSyncEnabled: ['on_premises_sync_enabled', 'onPremisesSyncEnabled'],
  employeeHireDate: ['employee_hire_date'],
  city: ['city'],
  country: ['country'],
  companyName: ['company_name'],
  department: ['department'],
  displayName: ['display_name'],
  employeeId: ['employee_id'],
  facsimileTelephoneNumber: ['fax_number', 'faxNumber'],
  givenName: ['given_name'],
  jobTitle: ['job_title'],
  mail: ['mail'],
  mailNickName: ['mail_nickname', 'mailNickname'],
  mobile: ['mobile_phone', 'mobilePhone'],
  onPremisesDistinguishedName: ['on_premises_distinguished_name'],
  onPremisesSecurityIdentifier: ['on_premises_security_identifier'],
  passwordPolicies: ['password_policies'],
  physicalDeliveryOfficeName: ['office_location', 'officeLocation'],
  postalCode: ['postal_code'],
  preferredLanguage: ['preferred_language'],
  sipProxyAddress: ['sip_proxy_address', 'imAddresses'],
  state: ['state'],
  streetAddress: ['street_address'],
  surname: ['surname'],
  usageLocation: ['usage_location'],
  userPrincipalName: ['user_principal_name'],
  userType: ['user_type'],
  otherMails: ['other_mails'],
  proxyAddresses: ['proxy_addresses'],
};

/** @param name as documented, `user.department`; a rule that was read has no other */
export function rulePropertyOf(name: string): RuleProperty {
  const own = name.replace(/^user\./, '');
  const extension = /^extensionAttribute(\d+)$/.exec(own)?.[1];
  if (extension !== undefined) return { attribute: own, value: sql`u.extension_attributes[${Number(extension)}::int]` };
  if (own.startsWith('extension_')) {
    const value = sql`(select e.value from jsonb_each_text(u.extensions) as e where lower(e.key) = lower(${own}))`;
    return { attribute: own, value };
  }
  if (own === 'objectId') return { attribute: 'id', value: sql`u.id::text` };
  // Graph has several telephone numbers where the original directory had one.
  if (own === 'telephoneNumber') return { attribute: 'businessPhones', value: sql`u.business_phones[1]` };
  const found = columns[own];
  if (found === undefined) throw new Error(`no column keeps '${name}'`);
  const [column, attribute = own] = found;
  return { attribute, value: sql`u.${sql.id(column)}` };
}

/**
 * What a rule reads, as changes name it: attributes of Graph, `memberof:<group>`, `manager:<user>` (whose reports it names), `manager`,
 * `assignedPlans`, `system.now`.
 */
export const readsOfRule = ({ properties, groupIds, managerId, plans, time }: RuleReads): readonly string[] => [
  ...properties
    .filter((name) => name !== 'user.memberof' && name !== 'user.assignedPlans')
    .map((name) => rulePropertyOf(name).attribute),
  ...groupIds.map((groupId) => `memberof:${groupId}`),
  ...(managerId === undefined ? [] : ['manager', `manager:${managerId}`]),
  ...(plans ? ['assignedPlans'] : []),
  ...(time ? ['system.now'] : []),
];
