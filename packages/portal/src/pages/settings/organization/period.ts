const ofDays = /^P(?:(\d+)W)?(?:(\d+)D)?$/;
const daysPerWeek = 7;

/** Days of an ISO 8601 duration; undefined: months and years are not always as many days. */
export function periodDays(duration: string): number | undefined {
  const [matched, weeks = '0', days = '0'] = ofDays.exec(duration) ?? [];
  return matched === undefined || matched === 'P' ? undefined : Number(weeks) * daysPerWeek + Number(days);
}

export const periodOf = (days: number): string => `P${days}D`;
