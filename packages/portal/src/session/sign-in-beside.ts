import type { UserManager } from 'oidc-client-ts';

/** Of the window beside the page, by which it knows what it is for. */
const windowName = 'allot-sign-in-beside';

/** Whether this is the window that a page opened to sign in, so that what was typed there stays. */
export const isBeside = (): boolean => window.opener !== null && window.name === windowName;

/** In that window, once the issuer has led back: gives the answer to the page, which closes the window. */
export async function answerOpener(manager: UserManager): Promise<never> {
  await manager.signinPopupCallback();
  return new Promise<never>(() => undefined);
}

/**
 * Signs in, in a window beside the page.
 * @param whose the person whose page it is: what was typed must not be sent by another
 * @returns whether somebody did; false when the window was closed, or the browser opened none
 */
export async function signInBeside(manager: UserManager, whose: string | undefined): Promise<boolean> {
  const user = await manager
    .signinPopup({ popupWindowTarget: windowName, popupAbortOnClose: true })
    .catch(() => undefined);
  if (user !== undefined && whose !== undefined && user.profile.sub !== whose) location.reload();
  return user !== undefined;
}
