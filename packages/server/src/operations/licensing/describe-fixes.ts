import type { AddressInUse, LicenseFix } from '@allot/contract';
import { direct, type Entry, type Fix, fixesOf, type FixSituation } from '@allot/engine';

/** What the engine does not know about whom it proposes fixes for. */
export interface FixSubject {
  /** Addresses shared with others. */
  readonly addresses: readonly AddressInUse[];
  /** Whether somebody added the user to this group and may remove it. */
  readonly canLeave: (groupId: string) => boolean;
}

/** What helps against the error of an entry, as it is answered. */
export const describeFixes = (entry: Entry, situation: FixSituation, subject: FixSubject): readonly LicenseFix[] =>
  fixesOf(entry, situation)
    .filter((fix) => fix.kind !== 'removeFromGroup' || subject.canLeave(fix.groupId))
    .map((fix) => describe(fix, subject));

function describe(fix: Fix, { addresses }: FixSubject): LicenseFix {
  switch (fix.kind) {
    case 'disablePlans':
    case 'enablePlans': {
      const { kind, source, productId, plans, disabledPlans } = fix;
      return { kind, skuId: productId, groupId: source === direct ? null : source, plans, disabledPlans };
    }
    case 'assignProduct':
      return { kind: fix.kind, skuId: fix.productId, plans: fix.plans };
    case 'buySeats':
    case 'removeDirectLicense':
      return { kind: fix.kind, skuId: fix.productId };
    case 'fixAddress':
      return { kind: fix.kind, addresses };
    case 'setUsageLocation':
    case 'licenseByProduct':
    case 'removeFromGroup':
      return fix;
  }
}
