// fires unicorn(no-useless-promise-resolve-reject)
export const one = async (work: () => Promise<void>): Promise<number> => {
  await work();
  return Promise.resolve(1);
};
