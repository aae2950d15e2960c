// fires eslint(preserve-caught-error)
export function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new Error(`The work failed: ${String(error)}`);
  }
}
