import { properties, type ResourceProperty } from './property.ts';

export interface VerifiedDomain {
  readonly capabilities: string;
  readonly isDefault: boolean;
  readonly isInitial: boolean;
  readonly name: string;
  readonly type: string;
}

/** The tenant. Times are ISO 8601 in UTC. */
export interface Organization {
  readonly id: string;
  readonly deletedDateTime: null;
  readonly assignedPlans: readonly never[];
  readonly businessPhones: readonly string[];
  readonly countryLetterCode: string | null;
  readonly createdDateTime: string;
  readonly defaultUsageLocation: string | null;
  readonly displayName: string;
  readonly onPremisesLastSyncDateTime: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly preferredLanguage: string | null;
  readonly provisionedPlans: readonly never[];
  readonly technicalNotificationMails: readonly string[];
  readonly tenantType: string;
  readonly verifiedDomains: readonly VerifiedDomain[];
}

/** All of them, in the order in which they are answered. */
export const organizationProperties: readonly ResourceProperty[] = properties(
  'default',
  `id! deletedDateTime:DateTimeOffset assignedPlans[]:assignedPlan businessPhones[] countryLetterCode
   createdDateTime:DateTimeOffset! defaultUsageLocation displayName! onPremisesLastSyncDateTime:DateTimeOffset
   onPremisesSyncEnabled:Boolean preferredLanguage provisionedPlans[]:provisionedPlan technicalNotificationMails[]
   tenantType! verifiedDomains[]:verifiedDomain`,
);
