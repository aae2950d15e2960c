import { Field, Input, Radio, RadioGroup, Text, Textarea } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { useSession } from '../../session/use-session.ts';

const nameMax = 256;
const descriptionMax = 1024;

/** Creates a group; the rule of one by rule is written on its page, where it can be tried before it is saved. */
export function CreateGroup({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('group');
  const { client } = useSession();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [membership, setMembership] = useState('byHand');
  const created = useRef<string>(undefined);
  const show = () => {
    if (created.current === undefined) return;
    const tab = membership === 'byRule' ? 'rule' : 'members';
    void navigate({ to: '/groups/$groupId', params: { groupId: created.current }, search: { tab } });
  };
  const run = async () => {
    const group = await client.send<{ readonly id: string }>('POST', '/v1.0/groups', {
      displayName: name.trim(),
      ...(description.trim() === '' ? {} : { description: description.trim() }),
      mailEnabled: false,
      mailNickname: nicknameOf(name),
      securityEnabled: true,
    });
    created.current = group?.id;
  };
  return (
    <ConfirmDialog
      title={t('createTitle')}
      confirm={t('create')}
      open
      onClose={onClose}
      isReady={name.trim() !== ''}
      isChanged={name + description !== ''}
      run={run}
      afterwards={show}
    >
      <Field label={t('name')} required>
        <Input value={name} maxLength={nameMax} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label={t('description')}>
        <Textarea value={description} maxLength={descriptionMax} onChange={(_, { value }) => setDescription(value)} />
      </Field>
      <Field label={t('membership')}>
        <RadioGroup value={membership} onChange={(_, { value }) => setMembership(value)}>
          <Radio value="byHand" label={t('byHand')} />
          <Radio value="byRule" label={t('byRule')} />
        </RadioGroup>
      </Field>
      <Text>{membership === 'byHand' ? t('byHandHint') : t('byRuleHint')}</Text>
    </ConfirmDialog>
  );
}

/** Graph asks for one, though the group gets no mail; unlike names, no two groups should have the same. */
function nicknameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `${plain || 'group'}-${crypto.randomUUID().slice(0, 8)}`;
}
