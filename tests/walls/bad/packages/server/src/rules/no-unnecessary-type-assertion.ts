// fires typescript(no-unnecessary-type-assertion)
export function same(text: string): string {
  return text as string;
}
