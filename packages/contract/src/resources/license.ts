import { properties, type ResourceProperty } from './property.ts';

/** One product given to a user or a group. On a user: the result over all its sources. Ids are GUIDs in lower case. */
export interface AssignedLicense {
  readonly disabledPlans: readonly string[];
  readonly skuId: string;
}

/** The body of `assignLicense`. Both arrays are required; either may be empty. */
export interface AssignLicenseBody {
  readonly addLicenses: readonly AssignedLicense[];
  /** skuIds. */
  readonly removeLicenses: readonly string[];
}

export type LicenseState = 'Active' | 'ActiveWithError' | 'Disabled' | 'Error';

/** One source of one product of a user (L-27). `assignedByGroup` is null for a direct assignment. */
export interface LicenseAssignmentState {
  readonly assignedByGroup: string | null;
  readonly disabledPlans: readonly string[];
  readonly error: string | null;
  readonly lastUpdatedDateTime: string | null;
  readonly skuId: string;
  readonly state: string;
}

/** `QueuedForProcessing`, `ProcessingInProgress` or `ProcessingComplete` (L-18). */
export interface LicenseProcessingState {
  readonly state: string;
}

/** A service plan that the user has, had, or loses after its grace period (L-20). */
export interface AssignedPlan {
  readonly assignedDateTime: string | null;
  readonly capabilityStatus: string;
  readonly service: string;
  readonly servicePlanId: string;
}

export interface ProvisionedPlan {
  readonly capabilityStatus: string;
  readonly provisioningStatus: string;
  readonly service: string;
}

export interface ServicePlanInfo {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly provisioningStatus: string;
  readonly appliesTo: string;
}

export interface LicenseDetails {
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly servicePlans: readonly ServicePlanInfo[];
}

export interface LicenseUnitsDetail {
  readonly enabled: number;
  readonly suspended: number;
  readonly warning: number;
  readonly lockedOut: number;
}

/** A product that the tenant owns. `id` is `{tenantId}_{skuId}`. */
export interface SubscribedSku {
  readonly accountId: string;
  readonly accountName: string;
  readonly appliesTo: string;
  readonly capabilityStatus: string;
  readonly consumedUnits: number;
  readonly id: string;
  readonly prepaidUnits: LicenseUnitsDetail;
  readonly servicePlans: readonly ServicePlanInfo[];
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly subscriptionIds: readonly string[];
}

/** A subscription in Graph's words. `status` is Enabled, Warning, Suspended, Deleted or LockedOut; times are ISO 8601 in UTC. */
export interface CompanySubscription {
  readonly id: string;
  readonly commerceSubscriptionId: string;
  readonly createdDateTime: string;
  readonly isTrial: boolean;
  /** When time ends the status; null: never. */
  readonly nextLifecycleDateTime: string | null;
  readonly ownerId: string | null;
  readonly ownerTenantId: string;
  readonly ownerType: string | null;
  readonly serviceStatus: readonly ServicePlanInfo[];
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly status: string;
  readonly totalLicenses: number;
}

export const licenseDetailsProperties: readonly ResourceProperty[] = properties(
  'default',
  'id! skuId:Guid! skuPartNumber! servicePlans[]:servicePlanInfo',
);

export const subscribedSkuProperties: readonly ResourceProperty[] = properties(
  'default',
  `accountId! accountName! appliesTo! capabilityStatus! consumedUnits:Int32! id! skuId:Guid! skuPartNumber!
   subscriptionIds[] prepaidUnits:licenseUnitsDetail! servicePlans[]:servicePlanInfo`,
);

export const companySubscriptionProperties: readonly ResourceProperty[] = properties(
  'default',
  `commerceSubscriptionId! createdDateTime:DateTimeOffset! id! isTrial:Boolean! nextLifecycleDateTime:DateTimeOffset ownerId
   ownerTenantId:Guid! ownerType serviceStatus[]:servicePlanInfo skuId! skuPartNumber! status! totalLicenses:Int32!`,
);
