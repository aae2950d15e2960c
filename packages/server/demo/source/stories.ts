import type { Country, Employee, Kind } from './staff.ts';

export type DemoGroup = {
  readonly displayName: string;
  readonly description: string;
  readonly licenses: string;
  readonly members: readonly Employee[];
};

export const groupNames = {
  e1: 'License - Office 365 E1',
  e3: 'License - Office 365 E3',
  e3Extended: 'License - Office 365 E3 extended services (pilot)',
  f3: 'License - Office 365 F3',
  e5: 'License - Microsoft 365 E5',
  e5China: 'License - Microsoft 365 E5 (China)',
  phone: 'License - Teams Phone',
  audio: 'License - Audio Conferencing',
  insights: 'License - Workplace Analytics',
  engineering: 'License - Engineering contractors',
  powerBi: 'License - Power BI Pro',
  visio: 'License - Visio',
  analysts: 'License - Analysts',
} as const;

/** The people who meet something, each by number among those of the same kind and country. No number is in two stories. */
export function castOf(staff: readonly Employee[]) {
  const some = (kind: Kind, code: Country, from: number, to: number = from): Employee[] => {
    const found = staff.filter((person) => person.kind === kind && person.code === code).slice(from, to + 1);
    if (found.length !== to + 1 - from)
      throw new Error(`There are not enough people: ${kind} ${code} ${from} to ${to}`);
    return found;
  };
  const one = (kind: Kind, code: Country, number: number): Employee => {
    const [person] = some(kind, code, number);
    if (person === undefined) throw new Error(`There is nobody: ${kind} ${code} ${number}`);
    return person;
  };
  return {
    /** Had E1 before the groups came, and were put into the group of E3. */
    directE1: [...some('office', 'US', 0, 2), ...some('office', 'DE', 0, 1)],
    /** Stand in the groups of E1 and of E3. */
    e1AndE3: [...some('office', 'US', 3, 6), ...some('office', 'GB', 0, 2)],
    /** Two assistants, both with the address of the reception. */
    reception: [one('office', 'FR', 0), one('office', 'FR', 1)] as const,
    /** Moved to the United States and got a new account; the migration gave it the address of the old one. */
    oldAccount: one('office', 'DE', 2),
    newAccount: one('office', 'US', 7),
    /** Have Sway directly, on top of the E3 of the group, which has it off. */
    directSway: some('office', 'US', 8, 10),
    /** Joined lately: no mail address yet (L-30). */
    withoutAddress: [...some('office', 'US', 11, 19), ...some('shop', 'DE', 70, 79)],
    /** Nobody filled in where they are: the default of the tenant counts (L-10). */
    withoutLocation: some('shop', 'US', 20, 37),
    blocked: some('shop', 'GB', 50, 54),
    phone: [...some('office', 'US', 20, 59), ...some('office', 'DE', 20, 34), ...some('office', 'GB', 20, 34)],
    phoneChina: some('office', 'CN', 0, 7),
    audio: [
      ...some('office', 'US', 60, 89),
      ...some('office', 'FR', 20, 44),
      ...some('office', 'JP', 0, 14),
      ...some('light', 'DE', 0, 19),
    ],
    audioWithoutSuite: some('consultant', 'US', 0, 5),
    insights: [
      ...some('office', 'US', 90, 104),
      ...some('office', 'FR', 45, 50),
      ...some('office', 'GB', 40, 44),
      ...some('leader', 'US', 0, 4),
    ],
    /** Their suite has the Exchange plan for kiosks, which is not enough. */
    insightsFromShops: some('shop', 'US', 0, 8),
    powerBi: [
      ...some('office', 'US', 105, 154),
      ...some('office', 'DE', 35, 64),
      ...some('office', 'FR', 51, 69),
      ...some('leader', 'DE', 0, 11),
      ...some('light', 'FR', 0, 8),
    ],
    visio: [...some('office', 'DE', 65, 84), ...some('office', 'JP', 15, 19)],
    directVisio: some('office', 'JP', 20, 21),
    analysts: [...some('office', 'GB', 45, 54), ...some('light', 'US', 0, 29)],
    pilot: [...some('office', 'DE', 3, 19), ...some('office', 'GB', 5, 17)],
    /** What happens later. */
    leavesKeepsInsights: one('office', 'US', 90),
    leaves: one('office', 'JP', 30),
    getsAddress: one('office', 'FR', 5),
    hadAddress: one('office', 'FR', 6),
    movesToChina: one('office', 'US', 20),
  };
}

export type Cast = ReturnType<typeof castOf>;

/** All groups, in the order in which they are licensed and served: those with licenses by priority, then the others. */
export function groupsOf(staff: readonly Employee[], cast: Cast, extendedServices: string): DemoGroup[] {
  const kind = (wanted: Kind) => staff.filter((person) => person.kind === wanted);
  const country = (code: Country) => staff.filter((person) => person.code === code);
  const department = (name: string) => staff.filter((person) => person.department === name);
  const group = (displayName: string, description: string, licenses: string, members: readonly Employee[]) => ({
    displayName,
    description,
    licenses,
    members: staff.filter((person) => members.includes(person)),
  });
  return [
    group(groupNames.e1, 'Light office work', 'STANDARDPACK[-KAIZALA_O365_P2,-SWAY]', [
      ...kind('light'),
      ...cast.e1AndE3,
    ]),
    group(groupNames.e3, 'Everybody at a desk', 'ENTERPRISEPACK[-KAIZALA_O365_P3,-SWAY];EMS', kind('office')),
    group(groupNames.e3Extended, 'Tries out Sway and Kaizala', extendedServices, cast.pilot),
    group(groupNames.f3, 'Shops, warehouses and customer service', 'DESKLESSPACK', kind('shop')),
    group(groupNames.e5, 'Leadership and security', 'SPE_E5', kind('leader')),
    group(
      groupNames.e5China,
      'Leadership in China, where telephony is not offered',
      'SPE_E5[-MCOEV,-MCOMEETADV]',
      kind('leaderChina'),
    ),
    group(groupNames.phone, 'Calls customers', 'MCOEV', [...cast.phone, ...cast.phoneChina]),
    group(groupNames.audio, 'Holds meetings by telephone', 'MCOMEETADV', [...cast.audio, ...cast.audioWithoutSuite]),
    group(groupNames.insights, 'Studies how work is done', 'WORKPLACE_ANALYTICS', [
      ...cast.insights,
      ...cast.insightsFromShops,
    ]),
    group(groupNames.engineering, 'Served after everybody else', 'ENTERPRISEPACK;EMS', kind('engineer')),
    group(groupNames.powerBi, 'Makes reports', 'POWER_BI_PRO', cast.powerBi),
    group(groupNames.visio, 'Draws plans', 'VISIOCLIENT[-ONEDRIVE_BASIC]', cast.visio),
    group(groupNames.analysts, 'Each product on its own', 'POWER_BI_PRO;VISIOCLIENT', cast.analysts),
    group(
      'All employees',
      'Everybody but consultants',
      '',
      staff.filter((person) => person.kind !== 'consultant'),
    ),
    group('Country - United States', 'Works in the United States', '', country('US')),
    group('Country - Germany', 'Works in Germany', '', country('DE')),
    group('Country - France', 'Works in France', '', country('FR')),
    group('Country - United Kingdom', 'Works in the United Kingdom', '', country('GB')),
    group('Country - Japan', 'Works in Japan', '', country('JP')),
    group('Country - China', 'Works in China', '', country('CN')),
    group('Department - Sales', 'All of Sales', '', department('Sales')),
    group('Department - Finance', 'All of Finance', '', department('Finance')),
    group('Department - IT', 'All of IT', '', department('IT')),
    group('Department - Engineering', 'All of Engineering', '', department('Engineering')),
    group('Project Aurora', 'Moves the shops to the new till', '', [...cast.visio, ...cast.insightsFromShops]),
  ];
}
