/** The beginning of a day where the person is, as an instant. @param day as an input of dates has it: `2026-11-20` */
export const dayStart = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
