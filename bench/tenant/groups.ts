import { createHash } from 'node:crypto';
import type { TenantKind } from '../works.ts';
import { benchCatalogue, type ProductName } from './catalogue.ts';

/** One tenant; every database has its own. */
export const tenantId = '7f4c7a52-6a34-4a6f-9d6a-1f5b4c1f0b01';

/** The id of a group follows from its name, so that statements can make memberships without a list of groups. */
export const groupIdOf = (name: string): string => {
  const hash = createHash('md5').update(name).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20)].join('-');
};

export const countries = ['US', 'DE', 'FR', 'GB', 'CH', 'IT', 'ES', 'PL', 'SE', 'NL', 'JP', 'CN'] as const;
export const departmentCount = 40;
export const levelCount = 5;
export const projectCount = 42;
export const optionalCount = 30;

/** Not licensed in the template: W2 and W5 license them for the first time. */
export const unlicensedGroups = { all: 'newcomers all', half: 'newcomers half' } as const;
export const everybody = 'everybody';
export const departmentNames: readonly string[] = range(departmentCount).map((i) => `department ${i}`);

export interface LicensedGroup {
  readonly id: string;
  readonly name: string;
  readonly assignments: readonly { readonly productId: string; readonly disabledPlans: readonly string[] }[];
}

/** The licensed groups of a tenant, in the order in which they were licensed. */
export function licensedGroups(kind: TenantKind): LicensedGroup[] {
  const catalogue = benchCatalogue();
  const group = (name: string, product: ProductName, disabled: readonly string[] = []): LicensedGroup => ({
    id: groupIdOf(name),
    name,
    assignments: [
      {
        productId: catalogue.productId(product),
        disabledPlans: disabled.map((plan) => catalogue.planId(plan)).toSorted(),
      },
    ],
  });
  const departments = departmentNames.map((name, i) => group(name, pick(departmentProducts, i)));
  const base = [group(everybody, 'SPE_E3', ['YAMMER_ENTERPRISE', 'SWAY'])];
  if (kind === 'adversarial') {
    return [
      ...base,
      ...range(optionalCount).map((i) => group(`optional ${i}`, pick(optionalProducts, i))),
      ...departments,
    ];
  }
  return [
    ...base,
    ...countries.map((country) => group(`country ${country}`, 'MCOMEETADV')),
    ...range(levelCount).map((i) => group(`level ${i}`, pick(levelProducts, i))),
    ...range(projectCount).map((i) => group(`project ${i}`, pick(projectProducts, i))),
    ...departments,
  ];
}

const departmentProducts: readonly ProductName[] = [
  'POWER_BI_PRO',
  'PROJECTPROFESSIONAL',
  'VISIOCLIENT',
  'DYN365_TEAM_MEMBERS',
  'Microsoft_Teams_Premium',
];
const levelProducts: readonly ProductName[] = [
  'EMSPREMIUM',
  'VISIOCLIENT',
  'Microsoft_365_Copilot',
  'Microsoft_Teams_Premium',
  'SPE_E5',
];
const projectProducts: readonly ProductName[] = [
  'PROJECTPROFESSIONAL',
  'Microsoft_365_Copilot',
  'POWER_BI_PRO',
  'VISIOCLIENT',
  'STANDARDPACK',
];
const optionalProducts: readonly ProductName[] = [
  'EMSPREMIUM',
  'MCOMEETADV',
  'POWER_BI_PRO',
  'PROJECTPROFESSIONAL',
  'VISIOCLIENT',
  'DYN365_TEAM_MEMBERS',
  'Microsoft_365_Copilot',
  'Microsoft_Teams_Premium',
  'SPE_E5',
  'STANDARDPACK',
];

function pick<T>(list: readonly T[], i: number): T {
  const found = list[i % list.length];
  if (found === undefined) throw new Error('A list of products is empty.');
  return found;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
