/** Runs a transaction that calls `finish` with its result, which ends it with an error if everything is to be taken back. */
export async function takenBackIf<T>(takeBack: boolean, run: (finish: (result: T) => T) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  try {
    return await run((value) => {
      if (!takeBack) return value;
      result = { value };
      throw new TakenBack();
    });
  } catch (error) {
    if (error instanceof TakenBack && result) return result.value;
    throw error;
  }
}

class TakenBack extends Error {
  override readonly name = 'TakenBack';
}
