/** What is measured: the rows of the table that `npm run bench` prints. */

/** A change of licenses that all sides make, each in its own way. */
export type Work = 'change-bundle' | 'license-all' | 'license-half' | 'add-members' | 'scarce-seats';

/** Parts of a work that are timed by themselves; only scarce-seats has a second one, buying the missing seats. */
export type Step = 'work' | 'buy';

/** In milliseconds, one for each repetition. */
export type Times = Readonly<Partial<Record<Step, readonly number[]>>>;

export const sides = ['ours', 'floor', 'baseline'] as const;
export type Side = (typeof sides)[number];

export type TenantKind = 'organization' | 'adversarial';

export interface Row {
  /** As in the table of targets. */
  readonly id: string;
  readonly title: string;
  readonly work: Work;
  readonly step: Step;
  readonly tenant: TenantKind;
  readonly target: string;
}

export const rows: readonly Row[] = [
  {
    id: 'W1',
    title: 'add a product to the bundle of everybody',
    work: 'change-bundle',
    step: 'work',
    tenant: 'organization',
    target: '100 ms; 2 x time at 10,000; baseline / 50',
  },
  {
    id: 'W2',
    title: 'license a group of all users',
    work: 'license-all',
    step: 'work',
    tenant: 'organization',
    target: '0.5 x floor',
  },
  {
    id: 'W2',
    title: 'license a group of a random half',
    work: 'license-half',
    step: 'work',
    tenant: 'organization',
    target: '1.5 x floor',
  },
  {
    id: 'W3',
    title: 'add N memberships',
    work: 'add-members',
    step: 'work',
    tenant: 'organization',
    target: '2 x floor',
  },
  {
    id: 'W5',
    title: 'license all, seats for 90 %',
    work: 'scarce-seats',
    step: 'work',
    tenant: 'organization',
    target: '1 x floor',
  },
  {
    id: 'W5',
    title: 'buy the missing seats',
    work: 'scarce-seats',
    step: 'buy',
    tenant: 'organization',
    target: '1 x floor',
  },
  {
    id: 'W11',
    title: 'adversarial: license a group of all users',
    work: 'license-all',
    step: 'work',
    tenant: 'adversarial',
    target: '1 x baseline',
  },
  {
    id: 'W11',
    title: 'adversarial: license a group of a random half',
    work: 'license-half',
    step: 'work',
    tenant: 'adversarial',
    target: '1 x baseline',
  },
  {
    id: 'W11',
    title: 'adversarial: add N memberships',
    work: 'add-members',
    step: 'work',
    tenant: 'adversarial',
    target: '1 x baseline',
  },
];

/** Share of the users for whom W5 has seats. */
export const scarceShare = 0.9;

/** The size that the time of W1 is compared with. */
export const smallSize = 10_000;
