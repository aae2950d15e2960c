import { readFileSync } from 'node:fs';

/** What somebody does at Contoso decides which licenses are asked for. */
export type Kind = 'shop' | 'light' | 'office' | 'leader' | 'leaderChina' | 'engineer' | 'consultant';
export type Country = 'US' | 'DE' | 'FR' | 'GB' | 'JP' | 'CN';

export type Employee = {
  readonly kind: Kind;
  readonly code: Country;
  readonly country: string;
  readonly language: string;
  readonly givenName: string;
  readonly surname: string;
  /** Before the @ of the user principal name: unique at Contoso. */
  readonly name: string;
  readonly department: string;
  readonly title: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly street: string;
  readonly phone: string;
  readonly createdAt: Date;
};

/** How many of each kind work where: 1,200 together. */
const headcount: Readonly<Record<Kind, Readonly<Record<Country, number>>>> = {
  shop: { US: 150, DE: 80, FR: 60, GB: 55, JP: 45, CN: 30 },
  light: { US: 60, DE: 40, FR: 25, GB: 25, JP: 20, CN: 10 },
  office: { US: 155, DE: 85, FR: 70, GB: 55, JP: 35, CN: 30 },
  leader: { US: 25, DE: 12, FR: 8, GB: 9, JP: 6, CN: 0 },
  leaderChina: { US: 0, DE: 0, FR: 0, GB: 0, JP: 0, CN: 5 },
  engineer: { US: 22, DE: 20, FR: 15, GB: 13, JP: 11, CN: 4 },
  consultant: { US: 8, DE: 3, FR: 2, GB: 3, JP: 3, CN: 1 },
};

/** Everybody, by country and kind. The same list each time: nothing here is random. */
export function makeStaff(): Employee[] {
  const staff: Employee[] = [];
  const names = new Set<string>();
  for (const code of countries) {
    let number = 0;
    for (const kind of kinds) {
      for (let n = 0; n < headcount[kind][code]; n += 1) {
        staff.push(makeEmployee(code, kind, number, staff.length, names));
        number += 1;
      }
    }
  }
  return staff;
}

type Office = { city: string; state: string; postalCode: string; street: string; phone: string };
type People = {
  countries: Record<
    Country,
    { country: string; language: string; given: string[]; surname: string[]; offices: Office[] }
  >;
  jobs: Record<Kind, [department: string, title: string][]>;
};

// The file is beside this one and has this shape.
const people = JSON.parse(readFileSync(new URL('people.json', import.meta.url), 'utf8')) as People;
const countries: readonly Country[] = ['US', 'DE', 'FR', 'GB', 'JP', 'CN'];
const kinds: readonly Kind[] = ['shop', 'light', 'office', 'leader', 'leaderChina', 'engineer', 'consultant'];

function makeEmployee(code: Country, kind: Kind, number: number, index: number, names: Set<string>): Employee {
  const { country, language, given, surname, offices } = people.countries[code];
  // Steps through all pairs of names without meeting one twice: the step and the number of pairs have no common factor.
  const pair = (number * nameStep) % (given.length * surname.length);
  const givenName = at(given, pair);
  const familyName = at(surname, Math.floor(pair / given.length));
  const office = at(offices, number * 5 + (number >> 3));
  const [department, title] = at(people.jobs[kind], number);
  return {
    kind,
    code,
    country,
    language,
    givenName,
    surname: familyName,
    name: uniqueName(`${plainLetters(givenName)}.${plainLetters(familyName)}`, names),
    department,
    title,
    city: office.city,
    state: office.state,
    postalCode: office.postalCode,
    street: `${office.street} ${1 + (number % 4) * 12}`,
    phone: phoneNumber(office.phone, number),
    createdAt: hiredAt(index),
  };
}

/** A prime larger than every list of names, so that neighbors in the list are not neighbors in the alphabet. */
const nameStep = 1_361;

/** Contoso hired one person every two and a half days since January 2018, in no order of countries. */
function hiredAt(index: number): Date {
  const order = (index * 769) % 1_200;
  const dayMs = 86_400_000;
  return new Date(Date.UTC(2018, 0, 8, 8, (order * 37) % 480, (order * 13) % 60) + Math.floor(order * 2.4) * dayMs);
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('people.json has an empty list: fill it');
  return item;
}

function uniqueName(name: string, names: Set<string>): string {
  let unique = name;
  for (let n = 2; names.has(unique); n += 1) unique = `${name}${n}`;
  names.add(unique);
  return unique;
}

function plainLetters(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '');
}

/** Numbers that telephone companies keep for films and examples. */
function phoneNumber(pattern: string, number: number): string {
  return pattern
    .replace('{n1}', String(number % 10))
    .replace('{n2}', String(number % 100).padStart(2, '0'))
    .replace('{n3}', String(100 + (number % 900)));
}
