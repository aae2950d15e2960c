/** `GET /allot/v1/settings`; periods are ISO 8601. */
export interface Settings {
  readonly defaultUsageLocation: string | null;
  readonly autoResolve: boolean;
  readonly gracePeriod: string;
  readonly keepUntilReplaced: boolean;
  readonly onGroupDelete: 'convert' | 'error';
  readonly ruleSet: string;
  readonly warningPeriod: string;
  readonly suspendedPeriod: string;
  /** null: forever. */
  readonly auditRetention: string | null;
}

/** Settings that somebody has changed and not saved. */
export type Draft = Partial<Settings>;

/** What the cards of settings are given. */
export interface SettingsProps {
  readonly settings: Settings;
  readonly change: (change: Draft) => void;
  readonly disabled: boolean;
}

/** What of the draft is otherwise than it is set. */
export const changesOf = (settings: Settings, draft: Draft): Draft =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => value !== settings[name as keyof Settings]));
