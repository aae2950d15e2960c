/** How the values of a property are compared; `uses` says with what. */
export type PropertyType = 'string' | 'extension' | 'boolean' | 'date' | 'strings' | 'plans' | 'groups' | 'groupId';

/** Collections, whose elements have properties of their own. */
export type CollectionType = 'strings' | 'plans' | 'groups';

export interface Property {
  /** As documented, with what it belongs to: `user.department`. */
  readonly name: string;
  readonly type: PropertyType;
}

/** Every property of a user that a rule can read, except extensions with an application's id. */
const userProperties: Readonly<Partial<Record<PropertyType, string>>> = {
  boolean: 'accountEnabled dirSyncEnabled',
  date: 'employeeHireDate',
  string: `city country companyName department displayName employeeId facsimileTelephoneNumber givenName jobTitle mail
    mailNickName mobile objectId onPremisesDistinguishedName onPremisesSecurityIdentifier passwordPolicies
    physicalDeliveryOfficeName postalCode preferredLanguage sipProxyAddress state streetAddress surname
    telephoneNumber usageLocation userPrincipalName userType
    extensionAttribute1 extensionAttribute2 extensionAttribute3 extensionAttribute4 extensionAttribute5
    extensionAttribute6 extensionAttribute7 extensionAttribute8 extensionAttribute9 extensionAttribute10
    extensionAttribute11 extensionAttribute12 extensionAttribute13 extensionAttribute14 extensionAttribute15`,
  strings: 'otherMails proxyAddresses',
  plans: 'assignedPlans',
  groups: 'memberof',
};

/** What can be asked of one element of a collection. */
const elementProperties: Readonly<Record<CollectionType, readonly Property[]>> = {
  strings: [{ name: '_', type: 'string' }],
  plans: [
    { name: 'assignedPlan.servicePlanId', type: 'string' },
    { name: 'assignedPlan.service', type: 'string' },
    { name: 'assignedPlan.capabilityStatus', type: 'string' },
  ],
  groups: [{ name: 'group.objectId', type: 'groupId' }],
};

const properties: readonly Property[] = [
  ...Object.entries(userProperties).flatMap(([type, names]) =>
    // The keys of a record of property types are property types.
    names.split(/\s+/).map((name) => ({ name: `user.${name}`, type: type as PropertyType })),
  ),
  ...Object.values(elementProperties).flat(),
];

const byName = new Map(properties.map((property) => [property.name.toLowerCase(), property]));

const extension = /^user\.extension_([0-9a-f]{32})_(\w+)$/i;

/** The property of this name in any case; extensions keep the case of their own part. */
export function findProperty(name: string): Property | undefined {
  const [, appId, own] = extension.exec(name) ?? [];
  if (appId !== undefined && own !== undefined) {
    return { name: `user.extension_${appId.toLowerCase()}_${own}`, type: 'extension' };
  }
  return byName.get(name.toLowerCase());
}

/** The properties that may stand in a condition: of the user, or of an element of a collection. */
export function propertiesIn(collection: CollectionType | undefined): readonly Property[] {
  if (collection !== undefined) return elementProperties[collection];
  return properties.filter(({ name }) => name.startsWith('user.'));
}

/** Whether a name, found already, may stand there. */
export function belongsIn({ name }: Property, collection: CollectionType | undefined): boolean {
  if (collection === undefined) return name.startsWith('user.');
  return elementProperties[collection].some((property) => property.name === name);
}
