/** Graph's limit for a mail nickname. */
const charsMax = 64;

/** A mail nickname for a group that comes with a name only: its letters and digits, or a number where it has none. */
export function mailNicknameOf(displayName: string, number: number): string {
  const nickname = displayName
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_-]/g, '')
    .slice(0, charsMax);
  return nickname === '' ? `group${number}` : nickname;
}
