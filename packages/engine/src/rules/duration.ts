/** A duration of ISO 8601 in whole units; weeks are seven days. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Longest duration. Further from now no calendar of a database is asked. */
export const durationYearsMax = 100;

const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** `P1D`, `pt12h`, `P1Y2M10DT2H30M`; undefined for anything else, and for more than the longest. */
export function parseDuration(text: string): Duration | undefined {
  const match = pattern.exec(text);
  if (match === null || /[PT]$/i.test(text)) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((digits) => Number(digits ?? 0));
  const duration = {
    years: years ?? 0,
    months: months ?? 0,
    days: (weeks ?? 0) * 7 + (days ?? 0),
    hours: hours ?? 0,
    minutes: minutes ?? 0,
    seconds: seconds ?? 0,
  };
  return yearsOf(duration) > durationYearsMax ? undefined : duration;
}

const yearsOf = ({ years, months, days, hours, minutes, seconds }: Duration): number =>
  years + months / 12 + (days + (hours + (minutes + seconds / 60) / 60) / 24) / 365;

export function printDuration({ years, months, days, hours, minutes, seconds }: Duration): string {
  const part = (count: number, unit: string): string => (count === 0 ? '' : `${count}${unit}`);
  const date = part(years, 'Y') + part(months, 'M') + part(days, 'D');
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
  if (date === '' && time === '') return 'P0D';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}
