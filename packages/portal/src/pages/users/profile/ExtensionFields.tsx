import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../../../parts/form/FieldGroup.tsx';
import { directoryExtensionLengthMax, extensionLengthMax, extensionNames, type Profile } from './profile-data.ts';
import { ProfileField } from './ProfileField.tsx';
import type { ProfileValues } from './profile-values.ts';

const useStyles = makeStyles({ header: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})` } });

/** The fifteen texts that every user has room for, and what applications keep beside them, where they keep anything. */
export function ExtensionFields({
  before,
  now,
  extensions,
  isReadOnly,
  problems,
  change,
}: {
  /** As the server has it. */
  readonly before: ProfileValues;
  /** As it is typed. */
  readonly now: ProfileValues;
  readonly extensions: Profile['directoryExtensions'];
  readonly isReadOnly: boolean;
  /** By the name of the property in lower case. */
  readonly problems: ReadonlyMap<string, string>;
  /** The same function as long as the form is there. */
  readonly change: (name: string, value: string) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('profile');
  return (
    <>
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
      {extensions.length > 0 && (
        <FieldGroup title={t('directoryExtensions')} hint={t('directoryExtensionsHint')}>
          {extensions.map(({ name }) => (
            <ProfileField
              key={name}
              name={name}
              // `extension_<id of the application>_<name>`; rules of groups want all of it.
              label={name.split('_').slice(2).join('_')}
              hint={name}
              value={now[name] ?? ''}
              max={directoryExtensionLengthMax}
              isReadOnly={isReadOnly}
              problem={problems.get(name.toLowerCase())}
              change={change}
            />
          ))}
        </FieldGroup>
      )}
    </>
  );
}
