// fires typescript(no-unsafe-member-access)
export function id(text: string): unknown {
  return String(JSON.parse(text).id);
}
