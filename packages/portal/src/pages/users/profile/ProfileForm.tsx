import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { fieldProblems, unplacedError } from '../../../parts/form/field-problems.ts';
import { useUsersPreview } from '../../../parts/assign/use-change-previews.ts';
import { FieldGroup } from '../../../parts/form/FieldGroup.tsx';
import { SaveBar } from '../../../parts/form/SaveBar.tsx';
import { Refusal } from '../../../parts/Refusal.tsx';
import { AccountFields } from './AccountFields.tsx';
import {
  extensionLengthMax,
  extensionNames,
  phoneLengthMax,
  type Profile,
  textLengthMax,
  type TextName,
} from './profile-data.ts';
import { ProfileEffect } from './ProfileEffect.tsx';
import { ProfileField } from './ProfileField.tsx';
import { changesOf, valuesOf } from './profile-values.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  wide: { gridColumn: '1 / -1' },
  header: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})` },
});

const names = ['displayName', 'givenName', 'surname', 'userPrincipalName', 'mailNickname'] as const;
const job = ['jobTitle', 'department', 'companyName', 'officeLocation', 'employeeId', 'employeeType'] as const;
const place = ['streetAddress', 'postalCode', 'city', 'state', 'country', 'preferredLanguage'] as const;
const phones = ['mobilePhone', 'faxNumber'] as const;

/** Without these a user cannot be. */
const required: readonly string[] = ['displayName', 'userPrincipalName', 'mailNickname'];

/** Properties that fields of other names stand for. */
const shownBeside = ['usageLocation', 'userType', 'employeeHireDate', 'businessPhones', 'otherMails', 'accountEnabled'];
const shown = [
  ...Object.keys(textLengthMax),
  ...shownBeside,
  ...extensionNames.map((name) => `onPremisesExtensionAttributes/${name}`),
];

/** Everything about a user that rules of groups can read and somebody may write, in groups; saved together. */
export function ProfileForm({ profile }: { readonly profile: Profile }) {
  const styles = useStyles();
  const { t } = useTranslation('profile');
  const isReadOnly = !useMay()(may.changeUsers);
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>({});
  const save = useChange((client, body: object) => client.send('PATCH', `/v1.0/users/${profile.id}`, body));
  const before = valuesOf(profile);
  const now = { ...before, ...draft };
  const changes = changesOf(profile, draft);
  const isChanged = Object.keys(changes).length > 0;
  const preview = useUsersPreview([profile.id], changes);
  const problems = useMemo(() => fieldProblems(save.error), [save.error]);
  const { reset } = save;
  const change = useCallback(
    (name: string, value: string) => {
      reset();
      setDraft((typed) => ({ ...typed, [name]: value }));
    },
    [reset],
  );
  const textOf = (name: TextName) => (
    <ProfileField
      key={name}
      name={name}
      label={t(name)}
      hint={name === 'passwordPolicies' || name === 'preferredLanguage' ? t(`${name}Hint`) : undefined}
      value={now[name] ?? ''}
      max={textLengthMax[name]}
      isReadOnly={isReadOnly}
      isRequired={required.includes(name)}
      problem={problems.get(name.toLowerCase())}
      className={name === 'streetAddress' ? styles.wide : undefined}
      change={change}
    />
  );
  return (
    <form
      className={styles.form}
      aria-label={t('form')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) save.mutate(changes, { onSuccess: () => setDraft({}) });
      }}
    >
      <FieldGroup title={t('identity')}>{names.map(textOf)}</FieldGroup>
      <FieldGroup title={t('account')}>
        <AccountFields
          usageLocation={now['usageLocation'] ?? ''}
          userType={now['userType'] ?? ''}
          accountEnabled={now['accountEnabled'] ?? ''}
          isReadOnly={isReadOnly}
          problems={problems}
          change={change}
        />
        {textOf('passwordPolicies')}
      </FieldGroup>
      <FieldGroup title={t('job')} hint={t('jobHint')}>
        {job.map(textOf)}
        <ProfileField
          name="employeeHireDate"
          label={t('employeeHireDate')}
          type="date"
          value={now['employeeHireDate'] ?? ''}
          isReadOnly={isReadOnly}
          problem={problems.get('employeehiredate')}
          change={change}
        />
      </FieldGroup>
      <FieldGroup title={t('contact')}>
        {place.map(textOf)}
        <ProfileField
          name="businessPhone"
          label={t('businessPhone')}
          value={now['businessPhone'] ?? ''}
          max={phoneLengthMax}
          isReadOnly={isReadOnly}
          problem={problems.get('businessphones')}
          change={change}
        />
        {phones.map(textOf)}
        <ProfileField
          name="otherMails"
          label={t('otherMails')}
          hint={t('otherMailsHint')}
          type="lines"
          value={now['otherMails'] ?? ''}
          isReadOnly={isReadOnly}
          problem={problems.get('othermails')}
          className={styles.wide}
          change={change}
        />
      </FieldGroup>
      <Accordion collapsible defaultOpenItems={extensionNames.some((name) => before[name]) ? ['extensions'] : []}>
        <AccordionItem value="extensions">
          <AccordionHeader as="h2" className={styles.header}>
            {t('extensions')}
          </AccordionHeader>
          <AccordionPanel className={styles.header}>
            <FieldGroup title={t('extensionsOf')} hint={t('extensionsHint')}>
              {extensionNames.map((name, at) => (
                <ProfileField
                  key={name}
                  name={name}
                  label={t('extension', { position: at + 1 })}
                  value={now[name] ?? ''}
                  max={extensionLengthMax}
                  isReadOnly={isReadOnly}
                  problem={problems.get(`onpremisesextensionattributes/${name.toLowerCase()}`)}
                  change={change}
                />
              ))}
            </FieldGroup>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
      <ProfileEffect preview={preview} />
      <Refusal error={unplacedError(save.error, shown)} />
      {!isReadOnly && (
        <SaveBar
          isChanged={isChanged}
          isReady={preview.isReady && required.every((name) => now[name]?.trim() !== '')}
          isSaving={save.isPending}
          isSaved={save.isSuccess}
          undo={() => (reset(), setDraft({}))}
        />
      )}
    </form>
  );
}
