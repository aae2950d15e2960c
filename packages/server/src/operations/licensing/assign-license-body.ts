import { ApiError, type AssignLicenseBody, badRequest, licenseErrors } from '@allot/contract';
import { isObjectId } from '../is-object-id.ts';

/** Licenses added or removed in one call at most. */
const licensesPerCallMax = 100;

/** Reads the body of `assignLicense`; both arrays must be there. @throws ApiError 400 */
export function readAssignLicenseBody(body: unknown): AssignLicenseBody {
  const sent = fieldsOf(body, 'the body', ['addLicenses', 'removeLicenses']);
  const missing = ['addLicenses', 'removeLicenses'].filter((name) => (sent.get(name) ?? null) === null);
  if (missing.length > 0) throw licenseErrors.missingParameters(missing);
  return {
    addLicenses: arrayOf(sent.get('addLicenses'), 'addLicenses').map((license) => {
      const fields = fieldsOf(license, 'addLicenses', ['skuId', 'disabledPlans']);
      return {
        skuId: guidOf(fields.get('skuId'), 'skuId'),
        disabledPlans: arrayOf(fields.get('disabledPlans') ?? [], 'disabledPlans').map((plan) =>
          guidOf(plan, 'disabledPlans'),
        ),
      };
    }),
    removeLicenses: arrayOf(sent.get('removeLicenses'), 'removeLicenses').map((sku) => guidOf(sku, 'removeLicenses')),
  };
}

/** The fields of an object by their names as documented; annotations are left out. */
function fieldsOf(value: unknown, where: string, names: readonly string[]): ReadonlyMap<string, unknown> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) throw badValue(`${where} must be an object.`);
  const fields = new Map<string, unknown>();
  for (const [key, field] of Object.entries(value)) {
    if (key.includes('@')) continue;
    const name = names.find((known) => known.toLowerCase() === key.toLowerCase());
    if (name === undefined)
      throw badRequest(`Invalid property '${key.slice(0, 80)}'.`, `Send ${names.join(' and ')}.`, 'InvalidValue');
    fields.set(name, field);
  }
  return fields;
}

function arrayOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw badValue(`${name} must be an array.`);
  if (name !== 'disabledPlans' && value.length > licensesPerCallMax) {
    throw badValue(`${name} has ${value.length} entries; send at most ${licensesPerCallMax} at a time.`);
  }
  return value;
}

function guidOf(value: unknown, name: string): string {
  if (typeof value === 'string' && isObjectId(value)) return value.toLowerCase();
  const shown = typeof value === 'string' ? value.slice(0, 80) : JSON.stringify(value ?? null).slice(0, 80);
  throw new ApiError(400, 'BadRequest', `Cannot convert the literal '${shown}' to the expected type 'Edm.Guid'.`, {
    advice: `${name} takes ids such as those that subscribedSkus lists.`,
    refusal: 'InvalidValue',
  });
}

const badValue = (problem: string): ApiError =>
  badRequest('One or more property values specified are invalid.', problem, 'InvalidValue');
