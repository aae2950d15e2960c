import type { Organization } from '@allot/contract';
import type { readOrganization } from '../../operations/directory/read-organization.ts';

/** The tenant as Graph answers it. */
export function organizationResource(tenant: Awaited<ReturnType<typeof readOrganization>>): Organization {
  return {
    id: tenant.tenantId,
    deletedDateTime: null,
    assignedPlans: [],
    businessPhones: [],
    countryLetterCode: tenant.defaultUsageLocation,
    createdDateTime: tenant.createdAt.toISOString(),
    defaultUsageLocation: tenant.defaultUsageLocation,
    displayName: tenant.displayName,
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    preferredLanguage: null,
    provisionedPlans: [],
    technicalNotificationMails: [],
    tenantType: 'AAD',
    verifiedDomains: [
      { capabilities: 'Email', isDefault: true, isInitial: true, name: tenant.initialDomain, type: 'Managed' },
    ],
  };
}
