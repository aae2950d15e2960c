import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What entries of the audit log can be of, as the server writes it; those that administrators look for come first. */
export const activities = [
  'Change user license',
  'Set group license',
  'Start applying group based license to users',
  'Finish applying group based license to users',
  'Trigger group license recalculation',
  'Update group licensing',
  'Update members of dynamic group',
  'Add member to group',
  'Remove member from group',
  'Add owner to group',
  'Remove owner from group',
  'Add group',
  'Update group',
  'Delete group',
  'Restore group',
  'Hard Delete group',
  'Add user',
  'Update user',
  'Delete user',
  'Restore user',
  'Hard Delete user',
  'Set user manager',
  'Remove user manager',
  'Add subscription',
  'Update subscription',
  'Delete subscription',
  'Set product',
  'Delete product',
  'Set service plan',
  'Delete service plan',
  'Set licensing rules',
  'Update settings',
  'Import users',
  'Import groups',
  'Import products',
  'Add account',
  'Enable account',
  'Disable account',
  'Delete account',
  'Add one-time link',
  'User registered security info',
  'Add member to role',
  'Remove member from role',
  'Add application',
  'Delete application',
  'Update application – secret',
  'Update application – certificate',
  'Add subscription to changes',
  'Update subscription to changes',
  'Delete subscription to changes',
] as const;

export type Activity = (typeof activities)[number];

const isKnown = (activity: string): activity is Activity => activities.some((one) => one === activity);

/** Says what an entry of the audit log is of, in the person's language; an unknown activity as the server says it. */
export function useActivity(): (activity: string) => string {
  const { t } = useTranslation('activities');
  return useCallback((activity: string) => (isKnown(activity) ? t(activity) : activity), [t]);
}
