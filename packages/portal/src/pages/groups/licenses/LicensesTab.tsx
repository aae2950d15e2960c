import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Problem } from '../../../parts/Problem.tsx';
import { type GroupShown, useErrorCauses, useGroupLicensing, useInErrorCount } from '../group-data.ts';
import { ErrorCauses } from './ErrorCauses.tsx';
import { GroupProducts } from './GroupProducts.tsx';
import { LicensingSettings } from './LicensingSettings.tsx';
import { MembersInError } from './MembersInError.tsx';
import { Processing } from './Processing.tsx';

const useStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '72rem' },
  heading: { margin: `${tokens.spacingVerticalM} 0 0` },
});

/** What a group gives its members, how far that is, and what keeps members from it. */
export function LicensesTab({ group }: { readonly group: GroupShown }) {
  const { t } = useTranslation('group');
  const styles = useStyles();
  const mayChange = useMay()(may.licenseGroups, group.id);
  const licensing = useGroupLicensing(group.id);
  const inError = useInErrorCount(group.id);
  const causes = useErrorCauses(group.id);
  return (
    <div className={styles.tab}>
      {licensing.data && <Processing licensing={licensing.data} />}
      {inError !== undefined && inError > 0 && causes.data && causes.data.value.length > 0 && (
        <MembersInError users={inError} causes={causes.data.value.length} />
      )}
      <GroupProducts group={group} />
      {causes.error ? (
        <Problem error={causes.error} retry={() => void causes.refetch()} />
      ) : (
        causes.data && causes.data.value.length > 0 && <ErrorCauses groupId={group.id} causes={causes.data.value} />
      )}
      <Subtitle1 as="h2" block className={styles.heading}>
        {t('settings')}
      </Subtitle1>
      {licensing.error ? (
        <Problem error={licensing.error} retry={() => void licensing.refetch()} />
      ) : (
        licensing.data && <LicensingSettings groupId={group.id} licensing={licensing.data} isReadOnly={!mayChange} />
      )}
    </div>
  );
}
