import type { ErrorCode, RefusalCode } from './error-codes.ts';
import type { ImportSentence } from './import-sentence.ts';

/**
 * The closed list of errors that a caller may see: Graph's status, code and text, since tools match on both. What the
 * caller should do next stands in `advice`, beside the literal text and never inside it.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  /** Which refusal it is; goes out as `innerError.code`. */
  readonly refusal: RefusalCode | undefined;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(status: number, code: ErrorCode, message: string, more: ErrorMore = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.advice = more.advice;
    this.refusal = more.refusal;
    this.details = more.details;
    this.headers = more.headers;
  }
}

export interface ErrorDetail {
  readonly target?: string;
  readonly code: string;
  readonly message: string;
  /** Of a row of a file: which `message` it is. */
  readonly sentence?: ImportSentence;
}

export interface ErrorMore {
  readonly advice?: string;
  readonly refusal?: RefusalCode;
  readonly details?: readonly ErrorDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const badRequest = (message: string, advice?: string, refusal?: RefusalCode): ApiError =>
  new ApiError(400, 'Request_BadRequest', message, {
    ...(advice === undefined ? {} : { advice }),
    ...(refusal === undefined ? {} : { refusal }),
  });

export const unsupportedQuery = (message: string, advice?: string): ApiError =>
  new ApiError(400, 'Request_UnsupportedQuery', message, advice === undefined ? {} : { advice });

export const notFound = (id: string): ApiError =>
  new ApiError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    { advice: 'Check the id; list the objects of this kind to see which exist.' },
  );

export const forbidden = (advice: string, refusal?: RefusalCode): ApiError =>
  new ApiError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    advice,
    ...(refusal === undefined ? {} : { refusal }),
  });

/** Refusals of licensing, with the texts that tools match on. Plans and products are named by id, as in Graph. */
export const licenseErrors = {
  usageLocation: () =>
    badRequest(
      'License assignment cannot be done for user with invalid usage location.',
      'Set usageLocation of the user to a two-letter country code, then assign again.',
      'NoUsageLocation',
    ),
  noSeat: (skuId: string) =>
    badRequest(
      `Subscription with SKU ${skuId} does not have any available licenses.`,
      'Buy seats, or take the license from somebody who does not need it.',
      'NoSeat',
    ),
  dependency: (plan: string, needs: readonly string[], advice?: string) =>
    badRequest(
      `License assignment failed because service plan ${plan} depends on the service plan(s) ${needs.join(',')}`,
      advice ?? 'Enable one of the plans it needs, or disable the plan.',
      'PlanRequired',
    ),
  exclusive: (plans: readonly string[], advice?: string) =>
    badRequest(
      `License assignment failed because service plans ${plans.join(',')} are mutually exclusive`,
      advice ?? 'Disable all but one of these plans.',
      'PlansExclusive',
    ),
  inherited: () =>
    badRequest(
      'User license is inherited from a group membership and it cannot be removed directly from the user.',
      'Remove the user from the group, or the license from the group.',
      'LicenseInherited',
    ),
  notOwned: (skuId: string) =>
    badRequest(
      `License ${skuId} does not correspond to a valid company License.`,
      'Use a skuId from subscribedSkus, or add a subscription for the product first.',
      'ProductNotOwned',
    ),
  notHeld: () =>
    badRequest(
      'User does not have a corresponding license.',
      'Remove only licenses that are assigned directly.',
      'LicenseNotHeld',
    ),
  groupNotHeld: (skuId: string) =>
    badRequest(
      `License ${skuId} is not assigned to the group.`,
      'Remove only products that are in assignedLicenses of the group.',
      'LicenseNotHeld',
    ),
  company: (skuPartNumber: string) =>
    badRequest(
      `License ${skuPartNumber} cannot be assigned to a user.`,
      'It is a license for the whole company; it needs no assignment.',
      'CompanyLicense',
    ),
  foreignPlan: (planId: string, skuId: string) =>
    badRequest(
      `Service plan ${planId} in disabledPlans does not belong to license ${skuId}.`,
      'Use only servicePlanId values that subscribedSkus lists for the product.',
      'PlanNotOfProduct',
    ),
  missingParameters: (names: readonly string[]) =>
    badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${names.join(', ')}.`,
      'Send both addLicenses and removeLicenses; either may be an empty array.',
      'InvalidValue',
    ),
  duplicateAddress: () =>
    badRequest(
      'Another object with the same value for property proxyAddresses already exists.',
      'Give each user an address of its own, then try again.',
      'AddressInUse',
    ),
  prohibitedLocation: (country: string) =>
    badRequest(
      `License assignment cannot be done because a service plan is not offered in usage location ${country}.`,
      'Disable the plan, or correct the usage location of the user.',
      'LocationProhibited',
    ),
  licensedGroup: () =>
    badRequest(
      'A group with active licenses assigned cannot be deleted.',
      'Remove the licenses from the group first, or delete it with ?removeLicenses=true.',
      'GroupLicensed',
    ),
  groupNotLicensable: () =>
    badRequest(
      'Licenses can be assigned only to security groups and to groups with securityEnabled set to true.',
      'Set securityEnabled to true, or use another group.',
      'GroupNotLicensable',
    ),
} as const;
