import { Badge, Caption1, makeStyles, TableCell, TableRow, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { UserName } from './ObjectName.tsx';
import type { Account, AccountWithLink, RoleAssignment, RoleDefinition } from './people-data.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { RoleTag } from './RoleTag.tsx';

const useStyles = makeStyles({
  cell: { paddingBlock: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  roles: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Somebody who may sign in, and what they may do. Without an account: who signs in elsewhere. */
export function PersonRow({
  id,
  account,
  given,
  roles,
  showLink,
}: {
  readonly id: string;
  readonly account?: Account;
  readonly given: readonly RoleAssignment[];
  readonly roles: readonly RoleDefinition[];
  readonly showLink: (account: AccountWithLink) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  return (
    <TableRow>
      <TableCell className={styles.cell}>
        {account === undefined ? (
          <UserName id={id} />
        ) : account.local ? (
          <Text block>{account.displayName}</Text>
        ) : (
          <PageLink to="/users/$userId" params={{ userId: id }}>
            {account.displayName}
          </PageLink>
        )}
        {account && <Caption1 block>{account.signInName}</Caption1>}
      </TableCell>
      <TableCell>
        <State account={account} />
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.roles}>
          {given.map((one) => (
            <RoleTag
              key={one.id}
              assignment={one}
              role={roles.find((role) => role.id === one.roleDefinitionId)}
              person={account?.displayName ?? id}
            />
          ))}
          {given.length === 0 && <Caption1>{t('noRoles')}</Caption1>}
        </div>
      </TableCell>
      <TableCell>{account && <PersonMenu account={account} roles={roles} showLink={showLink} />}</TableCell>
    </TableRow>
  );
}

function State({ account }: { readonly account: Account | undefined }) {
  const { t } = useTranslation('settings');
  if (account === undefined) return <Caption1>{t('signsInElsewhere')}</Caption1>;
  if (!account.enabled)
    return (
      <Badge color="danger" appearance="tint">
        {t('disabled')}
      </Badge>
    );
  if (!account.ready)
    return (
      <Badge color="warning" appearance="tint">
        {t('invited')}
      </Badge>
    );
  return (
    <Badge color="success" appearance="tint">
      {t('ready')}
    </Badge>
  );
}
