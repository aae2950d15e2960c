import { attributes, attributeTable, operators } from './attributes.ts';

/** What the directory keeps of a user, and what `$filter` and `$orderby` may do with it. */
export const userAttributes = attributeTable([
  ...attributes('guid', operators.choice, { id: 'id' }),
  ...attributes('boolean', operators.choice, { accountEnabled: 'account_enabled' }),
  ...attributes('boolean', operators.choice, { onPremisesSyncEnabled: 'on_premises_sync_enabled' }),
  ...attributes('dateTime', operators.time, { createdDateTime: 'created_at' }, 'advanced'),
  ...attributes('dateTime', operators.advancedTime, { deletedDateTime: 'deleted_at' }, 'advanced'),
  ...attributes('dateTime', operators.advancedTime, { employeeHireDate: 'employee_hire_date' }),
  ...attributes('string', operators.text, { displayName: 'display_name' }, 'usual'),
  ...attributes('string', operators.textWithEnd, { userPrincipalName: 'user_principal_name' }, 'usual'),
  ...attributes('string', operators.textWithEnd, { mail: 'mail' }, 'advanced'),
  ...attributes(
    'string',
    operators.text,
    {
      mailNickname: 'mail_nickname',
      givenName: 'given_name',
      surname: 'surname',
      jobTitle: 'job_title',
      department: 'department',
      employeeId: 'employee_id',
      city: 'city',
      state: 'state',
      country: 'country',
      usageLocation: 'usage_location',
    },
    'advanced',
  ),
  ...attributes(
    'string',
    operators.advancedText,
    {
      companyName: 'company_name',
      officeLocation: 'office_location',
      employeeType: 'employee_type',
      mobilePhone: 'mobile_phone',
      faxNumber: 'fax_number',
      streetAddress: 'street_address',
      postalCode: 'postal_code',
      preferredLanguage: 'preferred_language',
    },
    'advanced',
  ),
  ...attributes('string', operators.choice, { userType: 'user_type' }),
  ...attributes('string', operators.none, {
    passwordPolicies: 'password_policies',
    onPremisesDistinguishedName: 'on_premises_distinguished_name',
    imAddresses: 'sip_proxy_address',
  }),
  ...attributes('string', operators.text, { onPremisesSecurityIdentifier: 'on_premises_security_identifier' }),
  // Known to Graph's filters and never kept here: nobody has one.
  ...attributes('string', operators.advancedText, { onPremisesSamAccountName: null }),
  ...attributes('json', operators.none, { extensions: 'extensions' }),
  ...attributes('strings', operators.collectionWithEnd, {
    proxyAddresses: 'proxy_addresses',
    otherMails: 'other_mails',
  }),
  ...attributes('strings', operators.advancedCollection, { businessPhones: 'business_phones' }),
  ...attributes('extensions', operators.advancedText, { onPremisesExtensionAttributes: 'extension_attributes' }),
  ...attributes('licenses', operators.licenses, { assignedLicenses: null }),
  ...attributes('licenses', operators.plans, { assignedPlans: null, provisionedPlans: null }),
]);
