/**
 * The two-letter code (ISO 3166-1, upper case) of a country, from the code or from its English name; null when it is
 * neither. Names compare without case, accents, "the" and punctuation, so that "Côte d’Ivoire", "Korea (South)" and
 * "St. Lucia" are found as people and other systems write them.
 */
export function countryCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (codes.has(code)) return code;
  return codeOfName().get(nameKey(text)) ?? null;
}

/** Every code assigned today, and XK, which Microsoft uses for Kosovo. */
const codes: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK'
  ).split(' '),
);

/** What people write and Intl.DisplayNames does not: former, official, short and inverted names. */
const synonyms: readonly (readonly [code: string, ...names: string[]])[] = [
  ['AE', 'UAE'],
  ['BA', 'Bosnia'],
  ['BN', 'Brunei Darussalam'],
  ['BO', 'Bolivia, Plurinational State of'],
  [
    'CD',
    'Congo (DRC)',
    'Democratic Republic of the Congo',
    'Congo, Democratic Republic of the',
    'DR Congo',
    'Congo (Kinshasa)',
  ],
  ['CG', 'Congo', 'Republic of the Congo', 'Congo (Brazzaville)'],
  ['CI', 'Ivory Coast'],
  ['CN', 'PRC', "People's Republic of China", 'China, People’s Republic of', 'Mainland China'],
  ['CV', 'Cabo Verde'],
  ['CZ', 'Czech Republic'],
  ['FK', 'Falkland Islands (Malvinas)'],
  ['FM', 'Micronesia, Federated States of', 'Federated States of Micronesia'],
  [
    'GB',
    'UK',
    'U.K.',
    'Great Britain',
    'Britain',
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
    'United Kingdom of Great Britain and Northern Ireland',
  ],
  ['HK', 'Hong Kong SAR'],
  ['IE', 'Republic of Ireland', 'Eire'],
  ['IR', 'Iran, Islamic Republic of'],
  ['KP', 'Korea (North)', "Korea, Democratic People's Republic of", 'DPRK'],
  ['KR', 'Korea', 'Korea (South)', 'Korea, Republic of', 'Republic of Korea'],
  ['LA', 'Lao PDR', "Lao People's Democratic Republic"],
  ['MD', 'Moldova, Republic of', 'Republic of Moldova'],
  ['MK', 'Macedonia', 'North Macedonia, Republic of', 'Macedonia, FYRO', 'Former Yugoslav Republic of Macedonia'],
  ['MM', 'Burma'],
  ['MO', 'Macau', 'Macao SAR', 'Macau SAR'],
  ['NL', 'Holland'],
  ['PS', 'Palestine', 'Palestine, State of', 'Palestinian Authority'],
  ['RU', 'Russian Federation'],
  ['SY', 'Syrian Arab Republic'],
  ['SZ', 'Swaziland'],
  ['TL', 'East Timor'],
  ['TR', 'Turkey'],
  ['TW', 'Taiwan, Province of China'],
  ['TZ', 'Tanzania, United Republic of'],
  ['US', 'USA', 'U.S.', 'U.S.A.', 'United States of America', 'America'],
  ['VA', 'Holy See', 'Vatican'],
  ['VE', 'Venezuela, Bolivarian Republic of'],
  ['VG', 'Virgin Islands, British'],
  ['VI', 'Virgin Islands, U.S.', 'US Virgin Islands'],
  ['VN', 'Viet Nam'],
];

let names: ReadonlyMap<string, string> | null = null;

/** Made when first asked for: 250 names are looked up in the tables that come with the runtime. */
function codeOfName(): ReadonlyMap<string, string> {
  if (names !== null) return names;
  const found = new Map<string, string>();
  for (const style of ['long', 'short'] as const) {
    const english = new Intl.DisplayNames(['en'], { type: 'region', style, fallback: 'none' });
    for (const code of codes) {
      const name = english.of(code);
      if (name !== undefined) found.set(nameKey(name), code);
    }
  }
  for (const [code, ...others] of synonyms) for (const name of others) found.set(nameKey(name), code);
  names = found;
  return found;
}

function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/\bst\b\.?/g, 'saint')
    .replaceAll(/['’.]/g, '')
    .replaceAll(/\bthe\b|[^a-z]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}
