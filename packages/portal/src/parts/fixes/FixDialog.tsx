import type { LicenseFix } from '@allot/contract';
import { AddressFix } from './AddressFix.tsx';
import type { FixScope } from './fix-scope.ts';
import { GroupPlansFix } from './GroupPlansFix.tsx';
import { LeaveGroupFix } from './LeaveGroupFix.tsx';
import { LicenseByProductFix } from './LicenseByProductFix.tsx';
import { LocationFix } from './LocationFix.tsx';
import { SeatsFix } from './SeatsFix.tsx';
import { UserLicensesFix } from './UserLicensesFix.tsx';

/** Says what a fix will do, and does it. To be shown while it is open only. */
export function FixDialog({
  fix,
  scope,
  onClose,
}: {
  readonly fix: LicenseFix;
  readonly scope: FixScope;
  readonly onClose: () => void;
}) {
  switch (fix.kind) {
    case 'disablePlans':
    case 'enablePlans':
      return fix.groupId === null ? (
        <UserLicensesFix fix={fix} scope={scope} onClose={onClose} />
      ) : (
        <GroupPlansFix fix={fix} groupId={fix.groupId} onClose={onClose} />
      );
    case 'assignProduct':
    case 'removeDirectLicense':
      return <UserLicensesFix fix={fix} scope={scope} onClose={onClose} />;
    case 'setUsageLocation':
      return <LocationFix fix={fix} scope={scope} onClose={onClose} />;
    case 'fixAddress':
      // Of a cause it is done user by user: `FixList` leads to them.
      return scope.kind === 'user' ? <AddressFix fix={fix} user={scope.user} onClose={onClose} /> : null;
    case 'buySeats':
      return <SeatsFix skuId={fix.skuId} onClose={onClose} />;
    case 'licenseByProduct':
      return <LicenseByProductFix groupId={fix.groupId} onClose={onClose} />;
    case 'removeFromGroup':
      return <LeaveGroupFix fix={fix} scope={scope} onClose={onClose} />;
  }
}
