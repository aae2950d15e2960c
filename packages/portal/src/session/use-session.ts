import { createContext, use } from 'react';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session of whoever uses the portal. @throws Error outside of `SessionGate` */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('Nobody has signed in here.');
  return session;
}
