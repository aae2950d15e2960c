// fires typescript(return-await)
export async function attempt(work: () => Promise<number>): Promise<number> {
  try {
    return work();
  } catch {
    return 0;
  }
}
