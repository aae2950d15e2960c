import {
  Button,
  makeStyles,
  Skeleton,
  SkeletonItem,
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { PersonAdd20Regular, ShieldPerson20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Problem } from '../../../parts/Problem.tsx';
import { ShownOnceDialog } from '../../../parts/ShownOnceDialog.tsx';
import { AssignRoleDialog } from './AssignRoleDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { type AccountWithLink, useAccounts, useRoleAssignments, useRoleDefinitions } from './people-data.ts';
import { PersonRow } from './PersonRow.tsx';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, margin: `${tokens.spacingVerticalM} 0` },
  table: { overflowX: 'auto' },
  inner: { minWidth: '48rem' },
  actions: { width: '4rem' },
  roles: { width: '40%' },
});

/** Who may sign in here, with which roles. */
export function PeopleTab() {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const mayReadRoles = mayDo(may.readRoles);
  const accounts = useAccounts();
  const definitions = useRoleDefinitions(mayReadRoles);
  const assignments = useRoleAssignments(mayReadRoles);
  const [open, setOpen] = useState<'invite' | 'role'>();
  const [linked, setLinked] = useState<AccountWithLink>();
  if (accounts.error) return <Problem error={accounts.error} retry={() => void accounts.refetch()} />;
  if (accounts.data === undefined) {
    return (
      <Skeleton aria-label={t('people')}>
        <SkeletonItem size={128} />
      </Skeleton>
    );
  }
  const people = accounts.data.value;
  const roles = definitions.data?.value ?? [];
  const given = assignments.data?.value ?? [];
  // Whoever signs in elsewhere may have roles here and no account.
  const others = [...new Set(given.map(({ principalId }) => principalId))].filter(
    (id) => !people.some((person) => person.id === id),
  );
  const shared = { roles, showLink: setLinked };
  return (
    <>
      <Text block>{t('peopleText')}</Text>
      <div className={styles.tools}>
        {mayDo(may.changeAccounts) && (
          <Button appearance="primary" icon={<PersonAdd20Regular />} onClick={() => setOpen('invite')}>
            {t('invite')}
          </Button>
        )}
        {mayDo(may.changeRoles) && (
          <Button icon={<ShieldPerson20Regular />} onClick={() => setOpen('role')}>
            {t('assignRole')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <Table aria-label={t('people')} className={styles.inner}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{t('person')}</TableHeaderCell>
              <TableHeaderCell>{t('signIn')}</TableHeaderCell>
              <TableHeaderCell className={styles.roles}>{t('roles')}</TableHeaderCell>
              <TableHeaderCell className={styles.actions} aria-label={t('actions')} />
            </TableRow>
          </TableHeader>
          <TableBody>
            {people.map((person) => (
              <PersonRow
                key={person.id}
                id={person.id}
                account={person}
                given={given.filter(({ principalId }) => principalId === person.id)}
                {...shared}
              />
            ))}
            {others.map((id) => (
              <PersonRow key={id} id={id} given={given.filter(({ principalId }) => principalId === id)} {...shared} />
            ))}
          </TableBody>
        </Table>
      </div>
      {open === 'invite' && <InviteDialog close={() => setOpen(undefined)} showLink={setLinked} />}
      {open === 'role' && <AssignRoleDialog roles={roles} close={() => setOpen(undefined)} />}
      {linked && (
        <ShownOnceDialog
          title={t('linkFor', { name: linked.displayName })}
          label={t('link')}
          value={linked.link}
          warning={t('linkWarning')}
          close={() => setLinked(undefined)}
        />
      )}
    </>
  );
}
