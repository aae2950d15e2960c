import { properties, type ResourceProperty } from './property.ts';

/** An entry of the audit log (L-29). Times are ISO 8601 in UTC with microseconds. */
export interface DirectoryAudit {
  readonly id: string;
  readonly category: string;
  readonly correlationId: string;
  /** `success` or `failure`. */
  readonly result: string;
  readonly resultReason: string | null;
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
  readonly loggedByService: string;
  readonly operationType: string;
  /** One of both is null. */
  readonly initiatedBy: {
    readonly user: {
      readonly id: string;
      readonly displayName: string | null;
      readonly userPrincipalName: string | null;
      readonly ipAddress: string | null;
    } | null;
    readonly app: {
      readonly appId: string;
      readonly displayName: string | null;
      readonly servicePrincipalId: string | null;
      readonly servicePrincipalName: string | null;
    } | null;
  };
  readonly targetResources: readonly TargetResource[];
  readonly additionalDetails: readonly { readonly key: string; readonly value: string }[];
}

/** What an activity was about. Old and new values are JSON. */
export interface TargetResource {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: string;
  readonly userPrincipalName: string | null;
  readonly groupType: string | null;
  readonly modifiedProperties: readonly {
    readonly displayName: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
}

/** All of them, in Graph's order. */
export const directoryAuditProperties: readonly ResourceProperty[] = properties(
  'default',
  `id! category! correlationId! result! resultReason activityDisplayName! activityDateTime:DateTimeOffset!
   loggedByService! operationType! initiatedBy:auditActivityInitiator! targetResources[]:targetResource
   additionalDetails[]:keyValue`,
);
