// fires oxc(no-async-await)
export async function wait(): Promise<void> {
  await Promise.resolve();
}
