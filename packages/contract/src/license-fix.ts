interface PlansOfAssignment {
  readonly skuId: string;
  /** Whose assignment: of this group; null: the user's own. */
  readonly groupId: string | null;
  /** Service plans to be switched. */
  readonly plans: readonly string[];
  /** What `assignLicense` of that group or user is sent for this product: all that is off then. */
  readonly disabledPlans: readonly string[];
}

/** An address that somebody else has too. */
export interface AddressInUse {
  readonly address: string;
  /** The other user. */
  readonly userId: string;
  readonly userPrincipalName: string;
}

/**
 * What helps against an error of licensing, with the ids that are needed to do it. Each helps by itself, as far as that error goes. Ids are UUIDs.
 */
export type LicenseFix =
  | ({ readonly kind: 'disablePlans' | 'enablePlans' } & PlansOfAssignment)
  /** Assign this product, which the tenant owns and which has one of the plans that are needed. */
  | { readonly kind: 'assignProduct'; readonly skuId: string; readonly plans: readonly string[] }
  /** These plans are not offered where the user is. */
  | { readonly kind: 'setUsageLocation'; readonly plans: readonly string[] }
  /** Empty: of many users, each with addresses of its own. */
  | { readonly kind: 'fixAddress'; readonly addresses: readonly AddressInUse[] }
  | { readonly kind: 'buySeats'; readonly skuId: string }
  /** `atomicity` of the group to `product`. */
  | { readonly kind: 'licenseByProduct'; readonly groupId: string }
  | { readonly kind: 'removeDirectLicense'; readonly skuId: string }
  /** Only for members whom somebody added, not for those of a rule or of a nested group. */
  | { readonly kind: 'removeFromGroup'; readonly groupId: string };

/** Something that an application keeps of a user: `extension_<id of the application without hyphens>_<name>`. */
export interface DirectoryExtension {
  readonly name: string;
  readonly value: string | number | boolean;
}
