/** Everything that `code` of an error can be: Graph's words, since tools match on them. */
export const errorCodes = [
  'Authorization_RequestDenied',
  'BadRequest',
  'Conflict',
  'Directory_ExpiredPageToken',
  'Directory_ResultSizeLimitExceeded',
  'FailedDependency',
  'InsufficientStorage',
  'InternalServerError',
  'InvalidAuthenticationToken',
  'InvalidRequest',
  'NotImplemented',
  'RequestEntityTooLarge',
  'Request_BadRequest',
  'Request_ResourceExists',
  'Request_ResourceNotFound',
  'Request_UnprocessableEntity',
  'Request_UnsupportedQuery',
  'ResourceNotFound',
  'ServiceUnavailable',
  'TooManyRequests',
  'UnsupportedMediaType',
  'ValidationError',
  'syncStateNotFound',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * What `innerError.code` of an error can be: which refusal it is, where Graph's code says no more than that there is one. For those that an
 * administrator meets who did nothing wrong, so that clients can say them in their language.
 */
export const refusalCodes = [
  'AccountDisabled',
  'AddressInUse',
  'AlreadyMember',
  'BundleFailed',
  'CompanyLicense',
  'GroupInItself',
  'GroupLicensed',
  'GroupNotLicensable',
  'InvalidRule',
  'InvalidValue',
  'LastAdministrator',
  'LicenseInherited',
  'LicenseNotHeld',
  'LocationProhibited',
  'MembersFollowRule',
  'MembersKeepLicenses',
  'NameInUse',
  'NoSeat',
  'NoUsageLocation',
  'OwnManager',
  'PlanInUse',
  'PlanNotOfProduct',
  'PlanRequired',
  'PlansExclusive',
  'ProductInUse',
  'ProductNotOwned',
  'RoleGivenAlready',
  'RuleNamesUnknown',
  'RuleReadsItself',
  'TooManySubscriptions',
  'TooMuchToPreview',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * What `reasonCode` in `additionalDetails` of an audit entry can be: why a call was refused, that a change had to begin anew, or why addresses came.
 * The English words are `resultReason`, or `reason` in the details.
 */
export const auditReasonCodes = [...refusalCodes, 'ConcurrentChange', 'MailboxPlanInForce'] as const;

export type AuditReasonCode = (typeof auditReasonCodes)[number];
