import type { ListCase } from './list-cases.ts';

/** Lists of users that read everybody when fewer than a page have what is asked for, and why they may. */
interface SlowLists {
  readonly why: string;
  /** Of what is asked, as `ListCase` writes it. */
  readonly asked: readonly RegExp[];
}

export const slowLists: readonly SlowLists[] = [
  {
    why: 'only advanced queries may ask this, and each index is written with every user: 12 % of the statement that inserts them',
    asked: [
      /\bcompanyName\b/,
      /\bofficeLocation\b/,
      /\bemployeeHireDate\b/,
      /\bemployeeType\b/,
      /\bmobilePhone\b/,
      /\bfaxNumber\b/,
      /\bstreetAddress\b/,
      /\bpostalCode\b/,
      /\bpreferredLanguage\b/,
      /\bonPremisesExtensionAttributes\b/,
      /\bbusinessPhones\b/,
    ],
  },
  {
    why: 'hardly anybody asks this, and an index is written with every user',
    asked: [/\bonPremisesSecurityIdentifier\b/],
  },
  {
    why: 'under a policy an index of the elements of a list is asked only where a superuser has allowed it',
    asked: [/\botherMails\b/],
  },
  {
    why: 'addresses are found by how they begin and by nothing else',
    asked: [/^proxyAddresses\/any (?:ge|le)$/, /^proxyAddresses\/\$count/],
  },
  {
    why: 'the end of a text is found by reading all, unless it is kept a second time, backward',
    asked: [/^mail endsWith$/, /^userPrincipalName endsWith$/, /^proxyAddresses\/any endsWith$/],
  },
  {
    why: 'an index of cohorts would make it three times as long to move pointers (0001-directory-catalogue-licensing.sql)',
    asked: [/\bassignedLicenses\//, /\bassignedPlans\//, /\bprovisionedPlans\//],
  },
];

/** Why a list may be slow; undefined: it may not. */
export const whySlow = ({ asked }: Pick<ListCase, 'asked'>): string | undefined =>
  slowLists.find((slow) => slow.asked.some((pattern) => pattern.test(asked)))?.why;
