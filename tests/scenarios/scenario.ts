import type { LicenseState } from '@allot/contract';
import type { Assignment, LicenseError, PlanData, ProductData } from '@allot/engine';

/** A readable proof of one or more rules: what there is, what somebody does, and what everybody has then. */
export interface Scenario {
  readonly id: string;
  /** `L-04` … */
  readonly rules: readonly string[];
  /** The sentence that it proves. */
  readonly claim: string;
  /** `scenarios/FILE.yaml:LINE`, where it begins. */
  readonly place: string;
  readonly catalogue: ScenarioCatalogue;
  /** What makes the tenant what it is at the start. */
  readonly setUp: readonly Action[];
  /** What is true at the start; who is not named has plainly what is wanted. */
  readonly start: Expectation;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly place: string;
  /** together: accepted one after the other and settled once; atOnce: asked for at the same time. */
  readonly mode: 'single' | 'together' | 'atOnce';
  readonly actions: readonly Action[];
  /** The text of the refusal, or pieces of it; undefined: it is not refused. */
  readonly refused: string | readonly string[] | undefined;
  readonly outcome: Expectation;
}

/** Names of the file, as the product knows them. */
export interface ScenarioCatalogue {
  readonly plans: ReadonlyMap<string, PlanData>;
  /** By the name that the scenario gives it, which need not be the part number. */
  readonly products: ReadonlyMap<string, ProductData>;
  /** Plans and products that the built-in catalogue does not have, or has otherwise. */
  readonly own: { readonly plans: readonly PlanData[]; readonly products: readonly ProductData[] };
  /** Whether a product of the built-in catalogue is among them. */
  readonly usesBuiltIn: boolean;
  /** The rules at the start; undefined: those of the built-in rule set in use. */
  readonly rules: Rules | undefined;
  readonly ruleSet: 'classic' | 'current';
}

export interface Rules {
  readonly exclusions: readonly { readonly name: string; readonly plans: readonly string[] }[];
  readonly requirements: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
}

export interface GroupOptions {
  readonly priority?: number;
  readonly atomicity?: 'bundle' | 'product';
  readonly prerequisites?: 'group' | 'user';
  readonly newPlans?: 'on' | 'off';
  readonly licenseInheritance?: 'direct' | 'transitive';
}

/** What is said of a group by rule; without a rule its members stay and are edited by hand. */
export interface RuleChange {
  readonly rule?: string | null;
  readonly paused?: boolean;
}

export interface TenantSettings {
  readonly defaultUsageLocation?: string | null;
  readonly autoResolve?: boolean;
  readonly keepUntilReplaced?: boolean;
  readonly ruleSet?: 'classic' | 'current';
  readonly onGroupDelete?: 'convert' | 'error';
  /** ISO 8601 */
  readonly gracePeriod?: string;
}

/** Seats of a product by the status of the subscription they come from. */
export type Units = ReadonlyMap<'Enabled' | 'Warning' | 'Suspended', number>;

export const groupTypes = [
  'security',
  'mail-enabled security',
  'Microsoft 365',
  'Microsoft 365 with securityEnabled',
  'distribution',
] as const;
export type GroupType = (typeof groupTypes)[number];

/** One thing that somebody does. Users and groups by their names in the scenario, products and plans by id. */
export type Action =
  | { readonly kind: 'settings'; readonly settings: TenantSettings }
  | { readonly kind: 'setRules'; readonly rules: Rules }
  | { readonly kind: 'definePlan'; readonly plan: PlanData }
  | { readonly kind: 'defineProduct'; readonly product: ProductData }
  | { readonly kind: 'seats'; readonly productId: string; readonly units: Units }
  /** It ends, in so many days from now. */
  | { readonly kind: 'endSubscription'; readonly productId: string; readonly days: number }
  | { readonly kind: 'passTime'; readonly days: number }
  | {
      readonly kind: 'createUser';
      readonly user: string;
      readonly location: string | null;
      readonly addresses: readonly string[];
      readonly department: string | null;
    }
  | { readonly kind: 'setDepartment'; readonly user: string; readonly department: string | null }
  | { readonly kind: 'setLocation'; readonly user: string; readonly location: string | null }
  | { readonly kind: 'setAddresses'; readonly user: string; readonly addresses: readonly string[] }
  | { readonly kind: 'deleteUser'; readonly user: string }
  | { readonly kind: 'restoreUser'; readonly user: string }
  /** With a rule its members follow it. */
  | {
      readonly kind: 'createGroup';
      readonly group: string;
      readonly type: GroupType;
      readonly rule: string | undefined;
    }
  | { readonly kind: 'changeRule'; readonly group: string; readonly change: RuleChange }
  | { readonly kind: 'updateGroup'; readonly group: string; readonly options: GroupOptions }
  | { readonly kind: 'deleteGroup'; readonly group: string; readonly removeLicenses: boolean }
  | { readonly kind: 'addMembers'; readonly group: string; readonly members: readonly string[] }
  | { readonly kind: 'removeMember'; readonly group: string; readonly member: string }
  | {
      readonly kind: 'assignUser';
      readonly user: string;
      readonly add: readonly Assignment[];
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'assignGroup';
      readonly group: string;
      readonly add: readonly Assignment[];
      readonly remove: readonly string[];
    }
  | { readonly kind: 'reprocessUser'; readonly user: string }
  | { readonly kind: 'reprocessGroup'; readonly group: string };

export interface Expectation {
  readonly place: string;
  /** Every entry of every user named here, by `E3 from sales` or `E3 direct`. Who is not named has what he had. */
  readonly users: ReadonlyMap<string, ReadonlyMap<string, ExpectedEntry>>;
  /** Names of all plans that are on, or how many they are. */
  readonly effectivePlans: ReadonlyMap<string, readonly string[] | number>;
  /** Pieces of the sentence that explains an entry. */
  readonly explained: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly seats: ReadonlyMap<string, { readonly consumed: number; readonly usable: number }>;
  /** By product: who waits, in order. */
  readonly waiting: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, ExpectedGroup>;
  /** Proxy addresses by user. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  /** Plans that a user has no more and is still told about, with their status (L-20). */
  readonly lost: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By user and number of steps ago: what it had then (L-31). */
  readonly had: ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, ExpectedEntry>>>;
  /** All that is recorded of the step, in order; undefined: not looked at. */
  readonly audit: readonly string[] | undefined;
}

export interface ExpectedEntry {
  readonly state: LicenseState;
  readonly error: LicenseError | 'None';
  /** Plans in force; undefined: those wanted. */
  readonly plans: PlanChoice | undefined;
}

/** Of a product's plans: these (`only`), or all but these (`without`). Ids. */
export interface PlanChoice {
  readonly kind: 'only' | 'without';
  readonly plans: readonly string[];
}

export interface ExpectedGroup {
  readonly state: string;
  readonly done: number;
  readonly failed: number;
}
