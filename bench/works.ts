/** What is measured: the rows of the table that `npm run bench` prints. */

/** A change of licenses that all sides make, each in its own way. */
export type Work =
  | 'change-bundle'
  | 'license-all'
  | 'license-half'
  | 'add-members'
  | 'scarce-seats'
  | 'edit-rule'
  | 'follow-rules'
  | Preview;

/** The same, shown and not made. The floor is the statement that counts who is concerned; nobody else has previews. */
export type Preview = 'preview-bundle' | 'preview-all' | 'preview-half' | 'preview-rule';

export const isPreview = (work: Work): work is Preview => work.startsWith('preview-');

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
    id: 'W6',
    title: 'edit the rule of a third of the users',
    work: 'edit-rule',
    step: 'work',
    tenant: 'organization',
    target: '2 x floor',
  },
  {
    id: 'W6',
    title: 'compare everybody with 50 rules',
    work: 'follow-rules',
    step: 'work',
    tenant: 'organization',
    target: '-',
  },
  {
    id: 'W7',
    title: 'preview of W1',
    work: 'preview-bundle',
    step: 'work',
    tenant: 'organization',
    target: '50 ms',
  },
  {
    id: 'W7',
    title: 'preview of W2, all',
    work: 'preview-all',
    step: 'work',
    tenant: 'organization',
    target: 'floor + 50 ms',
  },
  {
    id: 'W7',
    title: 'preview of W2, half',
    work: 'preview-half',
    step: 'work',
    tenant: 'organization',
    target: 'floor + 50 ms',
  },
  {
    id: 'W7',
    title: 'preview of W6',
    work: 'preview-rule',
    step: 'work',
    tenant: 'organization',
    target: 'floor + 50 ms',
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
