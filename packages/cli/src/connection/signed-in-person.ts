import { refreshTokens, SignInRefused, tokenMarginMs, type TokenSource } from '@allot/contract';
import { exitCodes, Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import { alone, readSignIn, type SignIn, writeSignIn } from './sign-in-file.ts';

/** Tokens of the person who is signed in: the one in the file while it is good, then new ones, which are kept there. */
export const tokensOfPerson =
  (io: Io): TokenSource =>
  async (renew) => {
    const signIn = await readSignIn(io);
    if (signIn !== undefined && !renew && isGood(signIn)) return signIn.accessToken;
    return alone(io, async () => {
      const now = await readSignIn(io);
      if (now === undefined) throw notSignedIn();
      // Another program was first.
      if (now.accessToken !== signIn?.accessToken && isGood(now)) return now.accessToken;
      const tokens = await refreshTokens(now, now.refreshToken).catch((error: unknown) => {
        throw error instanceof SignInRefused ? notSignedIn() : error;
      });
      await writeSignIn(io, { ...now, ...tokens });
      return tokens.accessToken;
    });
  };

const isGood = ({ expiresAt }: SignIn): boolean => Date.now() < expiresAt - tokenMarginMs;

const notSignedIn = (): Failure =>
  new Failure('You are not signed in any more.', 'Run allot login.', exitCodes.unreachable);
