import type { ImportSentence } from './import-sentence.ts';
import type { LicenseFix } from './license-fix.ts';
import type { LicenseReason } from './license-reason.ts';
import type { RuleFailureCode, RuleFaultCode, RuleHintCode } from './rule-check.ts';
import type { SentenceArguments } from './sentence-arguments.ts';

/** What `/allot/v1` sends, beyond Graph. Ids are UUIDs, instants ISO 8601. */

/** `GET /allot/v1/summary`. Error names are those of rule L-06. */
export interface Summary {
  readonly tenant: { readonly id: string; readonly displayName: string };
  readonly users: number;
  /** Pairs of a user and a product in force, whatever number of sources gives it. */
  readonly licensesGranted: number;
  readonly products: readonly ProductSeats[];
  /** Users in error, by cause: who has several errors of one cause counts once, and once for each other cause. */
  readonly errors: readonly { readonly error: string; readonly count: number; readonly groups: number }[];
  /** Users with any error, each once. */
  readonly usersInError: number;
  /** Groups from which any user has an error. */
  readonly groupsInError: number;
  /** Changes accepted and not yet settled. */
  readonly pending: number;
}

export interface ProductSeats {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  /** As `capabilityStatus` of the subscribed product: of its subscriptions the best (L-15). */
  readonly status: string;
  /** L-12. */
  readonly usable: number;
  readonly consumed: number;
  /** Negative when seats were taken away (L-13). */
  readonly free: number;
  readonly waiting: number;
}

/** An entry of `GET /allot/v1/users/{id}/explanation`: one per product and source (L-28). */
export interface Explanation {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** `direct`, or the id of the group. */
  readonly source: string;
  readonly sourceName: string;
  readonly state: string;
  readonly error: string;
  /** The ids that the sentence speaks of; which, depends on the error. */
  readonly reason: Readonly<Record<string, unknown>> | null;
  readonly sentence: string;
  /** What the sentence says, as data; empty: in force as wanted. */
  readonly reasons: readonly LicenseReason[];
  /** What helps, the least change first. */
  readonly fixes: readonly LicenseFix[];
}

/** An entry of `GET /allot/v1/groups/{id}/errors`: all users with the same error for the same reason. */
export interface GroupErrorCause {
  readonly error: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly count: number;
  /** A sentence. */
  readonly reason: string;
  /** What the sentence says, as data. */
  readonly reasons: readonly LicenseReason[];
  readonly sampleUsers: readonly { readonly id: string; readonly userPrincipalName: string }[];
  /** What helps the first of these users; most others are in the same situation. */
  readonly fixes: readonly LicenseFix[];
}

/** An entry of `GET /allot/v1/groups/{id}/errors/users` and of `GET /allot/v1/users/errors`: one license of one user. */
export interface UserInError {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** Licenses of the user that are in error, from what was asked: this source, or any. */
  readonly count: number;
  readonly error: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** A sentence (L-28). */
  readonly reason: string;
  /** What the sentence says, as data. */
  readonly reasons: readonly LicenseReason[];
  readonly fixes: readonly LicenseFix[];
}

/** An entry of `GET /allot/v1/groups/errors`, those with the most users first. */
export interface GroupInError {
  readonly id: string;
  readonly displayName: string;
  /** Users with an error from this group. */
  readonly users: number;
  /** What most of them have. */
  readonly mostFrequent: GroupErrorCause;
}

/** An entry of `GET /allot/v1/waiting?skuId=`, in the order of L-14. */
export interface WaitingUser {
  /** From 1. */
  readonly position: number;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly since: string;
  /** Licensing priority of the group that asks; lower first. */
  readonly priority: number | null;
  readonly groupId: string | null;
}

/** `GET /allot/v1/processing`. `pending` 0: everything accepted so far is settled. */
export interface Processing {
  readonly pending: number;
  /** All groups that were ever licensed, also those that are done. */
  readonly groups: readonly (GroupProgress & { readonly id: string })[];
}

/** `GET /allot/v1/changes`, with `?since=POSITION` as soon as something has changed after it, or after 25 seconds. */
export interface TenantChanges {
  /** Another text than before: something may have changed. What is there is sent as `since`. */
  readonly position: string;
  /** Changes accepted and not settled. */
  readonly pending: number;
}

/** How far a group is processed (L-18), in users. */
export interface GroupProgress {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Null: not running, or just begun. */
  readonly etaSeconds: number | null;
}

/** `GET /allot/v1/groups/{id}/licensing`: how the group licenses its members, and how far it is. */
export interface GroupLicensing extends GroupProgress {
  readonly atomicity: string;
  readonly priority: number;
  readonly licenseInheritance: string;
  readonly newPlans: string;
  readonly prerequisites: string;
  /** Since when the group is to be deleted and waits for its members' licenses to go; null: it is not to be. */
  readonly deletionRequestedDateTime: string | null;
  /** How far the rule of the group is followed; null: its members follow none. */
  readonly rule: RuleStanding | null;
}

export interface RuleStanding {
  readonly membershipRule: string;
  readonly status:
    | 'Not started'
    | 'Evaluating'
    | 'Processing'
    | 'Update complete'
    | 'Processing error'
    | 'Update paused';
  readonly errorMessage: string | null;
  /** Which `errorMessage` it is, for whoever says it in another language; null: none, or one that an earlier version wrote. */
  readonly error: RuleStandingError | null;
  /** When everybody was last compared with the rule. */
  readonly lastEvaluationDateTime: string | null;
  readonly lastMembershipUpdateDateTime: string | null;
  /** When time by itself may next change who is named; null: never. */
  readonly nextEvaluationDateTime: string | null;
}

export interface RuleStandingError {
  readonly code: RuleFaultCode | RuleFailureCode;
  /** Null: the sentence of `code` says what to do. */
  readonly hintCode: RuleHintCode | null;
  readonly arguments: SentenceArguments;
}

/** `POST /allot/v1/imports/…`. Lines count from 1 as the file has them; a column is told by its name. */
export interface ImportResult {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly notes: readonly ImportNote[];
  readonly problems: readonly ImportProblem[];
}

export interface ImportNote {
  readonly line: number;
  readonly column?: string;
  readonly text: string;
  /** Which `text` it is; not of users and groups. */
  readonly sentence?: ImportSentence;
}

export interface ImportProblem {
  readonly line: number;
  readonly column: string;
  readonly problem: string;
  /** Which `problem` it is; not of what only users and groups can have. */
  readonly sentence?: ImportSentence;
}

/** `GET /allot/v1/check`: everything counted again from what is stored. What is pending is told, and is no difference. */
export interface CheckResult {
  /** No check found a difference. */
  readonly clean: boolean;
  readonly checked: { readonly users: number; readonly cohorts: number; readonly products: number };
  readonly pending: CheckPending;
  readonly checks: readonly CheckOutcome[];
}

export interface CheckPending {
  readonly users: number;
  /** Users held back while `autoResolve` is off. */
  readonly deferredUsers: number;
  readonly groups: number;
  /** Changes after which users are still to be compared with rules. */
  readonly rules: number;
}

export interface CheckOutcome {
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly claim: string;
  /** All differences, exactly. */
  readonly count: number;
  /** The first of them. */
  readonly differences: readonly CheckDifference[];
}

/** One thing that is not as it must be; the ids are those that the sentence speaks of. */
export interface CheckDifference {
  readonly sentence: string;
  readonly ids: Readonly<Record<string, string | number | readonly string[]>>;
}

/** One license that a user had, or should have had. */
export interface PastLicense {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** `direct`, or the id of a group. */
  readonly source: string;
  readonly sourceName: string;
  readonly state: string;
  readonly error: string;
  readonly disabledPlans: readonly string[];
  /** Ids of the service plans in force. */
  readonly servicePlans: readonly string[];
}

/** GET /users/{id}/history: what a user had from an instant on, and the change that made it so (L-31). */
export interface PastLicensing {
  /** Null: since before the first change that is known. */
  readonly since: string | null;
  readonly change: PastChange | null;
  readonly licenses: readonly PastLicense[];
}

/** A change of licenses, and who caused it. */
export interface PastChange {
  readonly id: number;
  readonly activity: string;
  readonly correlationId: string;
  /**
   * What the audit log says of the calls that made it or that it follows from, the nearest in time first, at most 10. Of several those that name
   * the user or its groups. Empty when the log does not keep them any more; null for callers who may not read it.
   */
  readonly causes: readonly Cause[] | null;
}

/** A call that caused a change. */
export interface Cause {
  readonly activity: string;
  readonly activityDateTime: string;
  readonly correlationId: string;
  /** An application is named by its `appId`. */
  readonly initiatedBy: { readonly kind: 'app' | 'user'; readonly id: string; readonly displayName: string };
  /** What it was about, at most 10. */
  readonly targets: readonly { readonly id: string; readonly displayName: string | null; readonly type: string }[];
}

/** `GET /allot/v1/me`: who asks, and what they may do. */
export type CallerDescription =
  | {
      readonly kind: 'application';
      readonly tenantId: string;
      /** The client id. */
      readonly id: string;
      readonly displayName: string;
      readonly permissions: readonly string[];
    }
  | {
      readonly kind: 'person';
      readonly tenantId: string;
      readonly id: string;
      readonly displayName: string;
      readonly userPrincipalName: string;
      /** Nobody's user in the directory. */
      readonly local: boolean;
      /** The application that the person uses, and what it may do in the person's name. */
      readonly appId: string;
      readonly scopes: readonly string[];
      readonly roles: readonly {
        readonly roleDefinitionId: string;
        readonly displayName: string;
        /** Null: everywhere; otherwise only for what concerns this group. */
        readonly groupId: string | null;
        readonly permissions: readonly string[];
      }[];
    };

/** An entry of `GET /allot/v1/seats/series`: seats of a product at instants with the same time between. */
export interface SeatSeries {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly points: readonly {
    readonly at: string;
    readonly consumedUnits: number;
    /** L-12. */
    readonly usableUnits: number;
  }[];
}
