import type { Collection } from '@allot/contract';
import { Combobox, makeStyles, Option, OptionGroup } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { advanced } from '../api/advanced.ts';
import { useProducts } from '../api/use-products.ts';
import { useSession } from '../session/use-session.ts';

const useStyles = makeStyles({
  box: { width: 'min(32rem, 100%)', minWidth: 0 },
  input: { minWidth: 0, width: '100%' },
  // On a phone wider than the box, so that an address fits.
  list: { maxHeight: '70vh', minWidth: 'min(20rem, 94vw)' },
  option: { overflowWrap: 'anywhere', '& > *': { minWidth: 0 } },
});

/** Of each kind; whoever wants more goes to the list. */
const foundMax = 6;
const charactersMin = 2;

interface Found {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName?: string;
}

/**
 * Finds users, groups and products by their names.
 * @param begun what was typed before this was here
 * @param hasFocus whether the keyboard was in the field that this stands in for
 */
export function SearchList({ begun, hasFocus }: { readonly begun: string; readonly hasFocus: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation(['frame', 'parts']);
  const navigate = useNavigate();
  const [typed, setTyped] = useState(begun);
  const [isOpen, setOpen] = useState(begun !== '');
  const text = useDeferredValue(typed.trim());
  const isAsked = text.length >= charactersMin;
  const { users, groups, isDone } = useFound(text, isAsked);
  const { products } = useProducts();
  const lower = text.toLowerCase();
  const matching = products.filter(
    ({ displayName, skuPartNumber }) =>
      displayName.toLowerCase().includes(lower) || skuPartNumber.toLowerCase().includes(lower),
  );
  const found = isAsked
    ? [
        { kind: 'users', items: users },
        { kind: 'groups', items: groups },
        { kind: 'products', items: matching.map(({ skuId, displayName }) => ({ id: skuId, displayName })) },
      ].filter(({ items }) => items.length > 0)
    : [];

  return (
    <Combobox
      className={styles.box}
      input={{ className: styles.input }}
      listbox={{ className: styles.list }}
      aria-label={t('search')}
      placeholder={t('searchHint')}
      freeform
      autoFocus={hasFocus}
      open={isOpen}
      onOpenChange={(_, { open }) => setOpen(open)}
      clearable
      clearIcon={{ 'aria-label': t('parts:clearText') }}
      expandIcon={{ 'aria-label': t('parts:openList') }}
      value={typed}
      selectedOptions={[]}
      onChange={(event) => {
        setTyped(event.target.value);
        // Also for what is pasted by the mouse.
        setOpen(true);
      }}
      onOptionSelect={(_, { optionValue }) => {
        setTyped('');
        if (optionValue) void navigate({ to: optionValue });
      }}
    >
      {found.map(({ kind, items }) => (
        <OptionGroup key={kind} label={t(kind as 'users' | 'groups' | 'products')}>
          {items.slice(0, foundMax).map((item) => (
            <Option key={item.id} className={styles.option} value={`/${kind}/${item.id}`} text={item.displayName}>
              {[item.displayName, 'userPrincipalName' in item ? item.userPrincipalName : '']
                .filter(Boolean)
                .join(' · ')}
            </Option>
          ))}
        </OptionGroup>
      ))}
      {isAsked && isDone && found.length === 0 && (
        <Option key="nothing" value="" text="" disabled>
          {t('searchNothing', { text })}
        </Option>
      )}
    </Combobox>
  );
}

function useFound(text: string, enabled: boolean) {
  const { client } = useSession();
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const query = useQuery({
    queryKey: ['search', text],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const by = (properties: readonly string[]) =>
        encodeURIComponent(properties.map((property) => `"${property}:${escaped}"`).join(' OR '));
      const [users, groups] = await Promise.all([
        client.get<Collection<Found>>(
          `/v1.0/users?$top=${foundMax}&$select=id,displayName,userPrincipalName&$search=${by(['displayName', 'userPrincipalName'])}`,
          advanced,
          signal,
        ),
        client.get<Collection<Found>>(
          `/v1.0/groups?$top=${foundMax}&$select=id,displayName&$search=${by(['displayName'])}`,
          advanced,
          signal,
        ),
      ]);
      return { users: users.value, groups: groups.value };
    },
  });
  return { users: query.data?.users ?? [], groups: query.data?.groups ?? [], isDone: query.isFetched };
}
