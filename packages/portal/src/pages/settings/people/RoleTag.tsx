import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useRoleWords } from '../../../text/use-role-words.ts';
import { GroupName } from './ObjectName.tsx';
import { groupOf, type RoleAssignment, roleAssignments, type RoleDefinition } from './people-data.ts';

const useStyles = makeStyles({
  tag: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    paddingInlineStart: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    minHeight: '28px',
    paddingInlineEnd: tokens.spacingHorizontalXS,
  },
});

/** A role that somebody has, for a group or everywhere, and the way to take it. */
export function RoleTag({
  assignment,
  role,
  person,
}: {
  readonly assignment: RoleAssignment;
  readonly role: RoleDefinition | undefined;
  readonly person: string;
}) {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const { client } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { name, about } = useRoleWords()(role ?? { displayName: assignment.roleDefinitionId });
  const group = groupOf(assignment);
  return (
    <span className={styles.tag} title={about}>
      {name}
      {group !== undefined && (
        <>
          {' · '}
          <GroupName id={group} />
        </>
      )}
      {mayDo(may.changeRoles) && (
        <Button
          appearance="transparent"
          size="small"
          icon={<Dismiss16Regular />}
          aria-label={t('removeRole', { role: name, person })}
          onClick={() => setAsking(true)}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('removeRole', { role: name, person })}
          confirm={t('remove')}
          open
          onClose={() => setAsking(false)}
          run={() => client.send('DELETE', `${roleAssignments}/${assignment.id}`)}
        >
          <Text>{t('removeRoleText', { person, what: about || name })}</Text>
        </ConfirmDialog>
      )}
    </span>
  );
}
