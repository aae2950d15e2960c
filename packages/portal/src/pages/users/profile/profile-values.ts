import { extensionNames, type Profile, textLengthMax, type TextName } from './profile-data.ts';

/** What stands in the fields: texts, where an empty one is none. Other mail addresses are lines; the date is `2026-01-31`. */
export type ProfileValues = Readonly<Record<string, string>>;

/** `as`: the keys of a record of exactly these names. */
const textNames = Object.keys(textLengthMax) as TextName[];

/** The fields as they are filled before somebody types. */
export const valuesOf = (profile: Profile): ProfileValues => ({
  ...Object.fromEntries(textNames.map((name) => [name, profile[name] ?? ''])),
  ...Object.fromEntries(extensionNames.map((name) => [name, profile.onPremisesExtensionAttributes?.[name] ?? ''])),
  ...Object.fromEntries(profile.directoryExtensions.map(({ name, value }) => [name, String(value)])),
  usageLocation: profile.usageLocation ?? '',
  accountEnabled: String(profile.accountEnabled),
  userType: profile.userType ?? '',
  employeeHireDate: profile.employeeHireDate?.slice(0, 10) ?? '',
  businessPhone: profile.businessPhones[0] ?? '',
  otherMails: profile.otherMails.join('\n'),
});

/**
 * The body of the PATCH that makes the user be what was typed: only what is otherwise than it was.
 * @param draft what somebody typed, by the name of the field
 */
export function changesOf(profile: Profile, draft: ProfileValues): Readonly<Record<string, unknown>> {
  const before = valuesOf(profile);
  const changed = Object.entries(draft)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== before[name]);
  const extensions = changed.filter(([name]) => extensionNames.includes(name));
  const others = changed.filter(([name]) => !extensionNames.includes(name));
  return {
    ...Object.fromEntries(others.map(([name, value]) => toProperty(profile, name, value))),
    ...(extensions.length === 0
      ? {}
      : {
          onPremisesExtensionAttributes: Object.fromEntries(extensions.map(([name, value]) => [name, value || null])),
        }),
  };
}

function toProperty(profile: Profile, name: string, value: string): readonly [string, unknown] {
  switch (name) {
    case 'accountEnabled':
      return [name, value === 'true'];
    case 'employeeHireDate':
      return [name, value === '' ? null : `${value}T00:00:00Z`];
    case 'businessPhone':
      // Rules read the first; the others stay.
      return ['businessPhones', [...(value === '' ? [] : [value]), ...profile.businessPhones.slice(1)]];
    case 'otherMails':
      return [name, value.split(/[\s,;]+/).filter(Boolean)];
    default:
      return [name, extensionValue(profile, name, value) ?? (value || null)];
  }
}

/** A directory extension stays a number, true or false where it is one and what was typed is one, too; undefined: it is a text. */
function extensionValue({ directoryExtensions }: Profile, name: string, typed: string): number | boolean | undefined {
  const before = directoryExtensions.find((one) => one.name === name)?.value;
  if (typeof before === 'number' && typed !== '' && Number.isFinite(Number(typed))) return Number(typed);
  if (typeof before === 'boolean' && /^(true|false)$/i.test(typed)) return typed.toLowerCase() === 'true';
  return undefined;
}
