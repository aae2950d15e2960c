import type { LicenseFix } from '@allot/contract';
import { may, useMay } from '../../api/use-permissions.ts';

/** Whether the person may do what helps, so that nothing is offered which the server would refuse. */
export function useMayFix(): (fix: LicenseFix) => boolean {
  const mayDo = useMay();
  return (fix) => {
    switch (fix.kind) {
      case 'disablePlans':
      case 'enablePlans':
        return fix.groupId === null ? mayDo(may.licenseUsers) : mayDo(may.licenseGroups, fix.groupId);
      case 'assignProduct':
      case 'removeDirectLicense':
        return mayDo(may.licenseUsers);
      case 'setUsageLocation':
      case 'fixAddress':
        return mayDo(may.changeUsers);
      case 'buySeats':
        return mayDo(may.changeOrganization);
      case 'licenseByProduct':
        return mayDo(may.licenseGroups, fix.groupId);
      case 'removeFromGroup':
        return mayDo(may.changeMembers, fix.groupId);
    }
  };
}
