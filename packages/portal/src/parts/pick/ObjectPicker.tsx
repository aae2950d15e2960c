import type { Collection } from '@allot/contract';
import {
  Field,
  makeStyles,
  Spinner,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
} from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { advanced } from '../../api/advanced.ts';
import { useSession } from '../../session/use-session.ts';

/** A user or a group that somebody picked. */
export interface Picked {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName?: string;
}

const useStyles = makeStyles({
  // Below the name: there is no picture beside which it would stand.
  second: { gridColumnStart: 1, overflowWrap: 'anywhere' },
});

/** Of each kind. */
const foundMax = 12;

/** Finds users and groups by what somebody types, and keeps several of them. */
export function ObjectPicker({
  label,
  hint,
  kinds,
  picked,
  onPick,
  max = Number.POSITIVE_INFINITY,
  without = [],
}: {
  readonly label: string;
  readonly hint?: string;
  readonly kinds: readonly Picked['kind'][];
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
  /** How many may be picked. */
  readonly max?: number;
  /** Ids that are not offered. */
  readonly without?: readonly string[];
}) {
  const styles = useStyles();
  const { t } = useTranslation(['actions', 'parts']);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { data, isFetching } = useFound(useDeferredValue(typed.trim()), kinds);
  const hidden = new Set([...without, ...picked.map(({ id }) => id)]);
  const found = (data ?? []).filter(({ id }) => !hidden.has(id));
  const known = new Map([...picked, ...found].map((one) => [one.id, one]));
  return (
    <Field label={label} hint={hint ?? null}>
      <TagPicker
        open={isOpen}
        onOpenChange={(_, { open }) => setOpen(open)}
        selectedOptions={picked.map(({ id }) => id)}
        onOptionSelect={(_, { selectedOptions }) => {
          setTyped('');
          onPick(selectedOptions.flatMap((id) => known.get(id) ?? []).slice(-max));
        }}
      >
        <TagPickerControl
          expandIcon={{ 'aria-label': t('parts:openList') }}
          secondaryAction={isFetching ? <Spinner size="tiny" aria-label={t('searching')} /> : null}
        >
          <TagPickerGroup aria-label={t('picked')}>
            {picked.map(({ id, displayName }) => (
              <Tag key={id} value={id} dismissIcon={{ 'aria-label': t('unpick', { name: displayName }) }}>
                {displayName}
              </Tag>
            ))}
          </TagPickerGroup>
          <TagPickerInput
            aria-label={label}
            placeholder={picked.length === 0 ? t('typeName') : ''}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setOpen(true);
            }}
          />
        </TagPickerControl>
        <TagPickerList>
          {found.length === 0 ? (
            <TagPickerOption value="" text="">
              {isFetching ? t('searching') : t('nothingFound')}
            </TagPickerOption>
          ) : (
            found.map(({ id, kind, displayName, userPrincipalName }) => (
              <TagPickerOption
                key={id}
                value={id}
                text={displayName}
                secondaryContent={{ className: styles.second, children: userPrincipalName ?? t(kind) }}
              >
                {displayName}
              </TagPickerOption>
            ))
          )}
        </TagPickerList>
      </TagPicker>
    </Field>
  );
}

function useFound(text: string, kinds: readonly Picked['kind'][]) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['pick', ...kinds, text],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Picked[]> => {
      const lists = await Promise.all(
        kinds.map(async (kind) => {
          const answer = await client.get<Collection<Omit<Picked, 'kind'>>>(pathOf(kind, text), advanced, signal);
          return answer.value.map((one): Picked => ({ ...one, kind }));
        }),
      );
      return lists.flat();
    },
  });
}

function pathOf(kind: Picked['kind'], text: string): string {
  const properties = kind === 'user' ? ['displayName', 'userPrincipalName'] : ['displayName'];
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const search = properties.map((property) => `"${property}:${escaped}"`).join(' OR ');
  const select = ['id', ...properties].join(',');
  const query = text === '' ? '&$orderby=displayName' : `&$search=${encodeURIComponent(search)}`;
  return `/v1.0/${kind}s?$top=${foundMax}&$select=${select}${query}`;
}
