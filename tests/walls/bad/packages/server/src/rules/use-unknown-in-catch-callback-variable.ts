// fires typescript(use-unknown-in-catch-callback-variable)
export function guard(work: Promise<void>, log: (text: string) => void): Promise<void> {
  return work.catch((error: Error) => log(error.message));
}
