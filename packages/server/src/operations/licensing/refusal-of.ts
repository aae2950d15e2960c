import { type ApiError, badRequest, licenseErrors } from '@allot/contract';
import type { Reason } from '@allot/engine';

/** The error that a caller gets for a reason, in Graph's exact words. */
export function refusalOf(reason: Reason, usageLocation: string | null): ApiError {
  switch (reason.error) {
    case 'ProhibitedInUsageLocationViolation':
      return licenseErrors.prohibitedLocation(usageLocation ?? reason.place);
    case 'UniquenessViolation':
      return licenseErrors.duplicateAddress();
    case 'MutuallyExclusiveViolation':
      return licenseErrors.exclusive([reason.plan, reason.excludes]);
    case 'DependencyViolation':
      return licenseErrors.dependency(reason.plan, reason.anyOf);
    case 'CountViolation':
      return licenseErrors.noSeat(reason.productId);
    case 'Other':
      return badRequest(
        `License assignment failed because of the license(s) ${reason.failed.join(',')}.`,
        undefined,
        'BundleFailed',
      );
  }
}
