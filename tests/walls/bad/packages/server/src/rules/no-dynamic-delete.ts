// fires typescript(no-dynamic-delete)
export function remove(values: Record<string, number>, name: string): void {
  delete values[name];
}
