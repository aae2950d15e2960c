import { Caption1, Dropdown, Field, Option, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useRoleWords } from '../../../text/use-role-words.ts';
import { roleAssignments, type RoleDefinition } from './people-data.ts';

/** Gives somebody a role, everywhere or for one group. */
export function AssignRoleDialog({
  roles,
  person,
  close,
}: {
  readonly roles: readonly RoleDefinition[];
  /** Undefined: somebody who is chosen in the dialog. */
  readonly person?: Picked;
  readonly close: () => void;
}) {
  const { t } = useTranslation('settings');
  const { client } = useSession();
  const [people, setPeople] = useState<readonly Picked[]>(person ? [person] : []);
  const [roleId, setRoleId] = useState<string>();
  const [scope, setScope] = useState('everywhere');
  const [groups, setGroups] = useState<readonly Picked[]>([]);
  const roleWords = useRoleWords();
  const role = roles.find(({ id }) => id === roleId);
  const [who] = people;
  const [group] = groups;
  const isScoped = scope === 'group';
  return (
    <ConfirmDialog
      title={person ? t('assignRoleTo', { name: person.displayName }) : t('assignRole')}
      confirm={t('assign')}
      open
      onClose={close}
      isReady={who !== undefined && role !== undefined && (!isScoped || group !== undefined)}
      isChanged={roleId !== undefined || groups.length > 0 || (person === undefined && people.length > 0)}
      run={() =>
        client.send('POST', roleAssignments, {
          principalId: who?.id,
          roleDefinitionId: roleId,
          directoryScopeId: isScoped ? `/${group?.id}` : '/',
        })
      }
    >
      {person === undefined && (
        <ObjectPicker
          label={t('user')}
          hint={t('roleUserHint')}
          kinds={['user']}
          picked={people}
          onPick={setPeople}
          max={1}
        />
      )}
      <Field label={t('role')} hint={role && roleWords(role).about} required>
        <Dropdown
          value={role ? roleWords(role).name : ''}
          selectedOptions={roleId === undefined ? [] : [roleId]}
          placeholder={t('chooseRole')}
          onOptionSelect={(_, { optionValue }) => setRoleId(optionValue)}
        >
          {roles.map((one) => {
            const { name, about } = roleWords(one);
            return (
              <Option key={one.id} value={one.id} text={name}>
                <div>
                  <Text block>{name}</Text>
                  <Caption1>{about}</Caption1>
                </div>
              </Option>
            );
          })}
        </Dropdown>
      </Field>
      <Field label={t('scope')}>
        <RadioGroup value={scope} onChange={(_, { value }) => setScope(value)}>
          <Radio value="everywhere" label={t('everywhere')} />
          <Radio value="group" label={t('oneGroup')} />
        </RadioGroup>
      </Field>
      {isScoped && <ObjectPicker label={t('group')} kinds={['group']} picked={groups} onPick={setGroups} max={1} />}
    </ConfirmDialog>
  );
}
