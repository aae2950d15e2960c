import { quoted } from './import-problem.ts';

/** A product a group gives, and the names of its plans that are switched off. */
export type ImportedLicense = { readonly skuPartNumber: string; readonly disabledPlans: readonly string[] };

/**
 * Reads what a group gives: products by part number, separated by ";", each perhaps followed by the plans it goes
 * without in square brackets, as in `ENTERPRISEPACK[-YAMMER_ENTERPRISE,-SWAY];EMS`. Whether the tenant knows these
 * names is for the import to check.
 */
export function readLicenses(text: string): { licenses: ImportedLicense[] } | { problem: string } {
  const licenses: ImportedLicense[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < text.length; ) {
    const end = endOfLicense(text, at);
    const license = readLicense(text.slice(at, end).trim());
    at = end + 1;
    if (license === null) continue;
    if ('problem' in license) return license;
    if (seen.has(license.skuPartNumber.toLowerCase())) {
      return { problem: `names ${quoted(license.skuPartNumber)} twice: write it once, with all plans to switch off` };
    }
    seen.add(license.skuPartNumber.toLowerCase());
    licenses.push(license);
    if (licenses.length > licensesMax) return { problem: `names more than ${licensesMax} products: remove some` };
  }
  return { licenses };
}

/** Microsoft sells some 600 products. */
const licensesMax = 1_000;
const nameCharsMax = 512;

/** The next ";" that is not in brackets, or the end. */
function endOfLicense(text: string, start: number): number {
  const separator = indexOrEnd(text, ';', start);
  const open = indexOrEnd(text, '[', start);
  if (open > separator) return separator;
  return indexOrEnd(text, ';', indexOrEnd(text, ']', open));
}

function indexOrEnd(text: string, char: string, from: number): number {
  const found = text.indexOf(char, from);
  return found === -1 ? text.length : found;
}

function readLicense(text: string): ImportedLicense | { problem: string } | null {
  if (text === '') return null;
  const parts = /^([^[\]]*)(?:\[([^[\]]*)\])?$/.exec(text);
  const skuPartNumber = parts?.[1]?.trim() ?? '';
  if (parts === null || skuPartNumber === '') {
    return {
      problem: `${quoted(text)} cannot be read: write a part number and then the plans to switch off, like ENTERPRISEPACK[-SWAY,-YAMMER_ENTERPRISE]`,
    };
  }
  if (skuPartNumber.length > nameCharsMax)
    return { problem: `${quoted(skuPartNumber)} is too long for a part number: correct it` };
  const disabledPlans = new Set<string>();
  for (const item of (parts[2] ?? '').split(',').map((name) => name.trim())) {
    if (item === '') continue;
    const plan = item.startsWith('-') ? item.slice(1).trim() : '';
    if (plan === '' || plan.length > nameCharsMax) {
      return {
        problem: `${quoted(item)} in ${skuPartNumber} cannot be read: write each plan to switch off with a minus, like -SWAY`,
      };
    }
    disabledPlans.add(plan);
  }
  return { skuPartNumber, disabledPlans: [...disabledPlans] };
}
