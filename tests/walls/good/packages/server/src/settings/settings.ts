export interface Settings {
  readonly port: string | undefined;
}

export const readSettings = (): Settings => ({ port: process.env['ALLOT_PORT'] });
