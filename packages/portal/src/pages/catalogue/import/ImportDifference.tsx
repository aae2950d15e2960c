import type { ListedChange, ProductImportResult } from '@allot/contract';
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Subtitle1,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CatalogueEffectView } from '../../../parts/effect/CatalogueEffectView.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { BadRows } from './BadRows.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, width: '100%' },
  title: { margin: 0 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, maxHeight: '40vh', overflowY: 'auto' },
});

/** What a product list would change: for users first, then in the catalogue. */
export function ImportDifference({ result }: { readonly result: ProductImportResult }) {
  const styles = useStyles();
  const { t } = useTranslation('catalogue');
  const { number } = useFormat();
  const { changes, kept, renamedPlans, problems, notes, effect, created, updated, unchanged } = result;
  const added = changes.filter(({ change }) => change === 'new');
  const changed = changes.filter(({ change }) => change === 'changed');
  return (
    <div className={styles.all} role="status">
      <Subtitle1 as="h2" className={styles.title}>
        {t('difference')}
      </Subtitle1>
      <Text>{t('counts', { created: number(created), updated: number(updated), unchanged: number(unchanged) })}</Text>
      <CatalogueEffectView effect={effect} />
      <Accordion multiple collapsible defaultOpenItems={['changed']}>
        <Section
          id="changed"
          title={t('changedProducts', { formatted: number(changed.length) })}
          count={changed.length}
        >
          {changed.map((one) => (
            <li key={one.skuId}>
              <Changed change={one} />
            </li>
          ))}
        </Section>
        <Section id="new" title={t('newProducts', { formatted: number(added.length) })} count={added.length}>
          {added.map(({ skuId, skuPartNumber, gained }) => (
            <li key={skuId}>
              {t('newProduct', { product: skuPartNumber, count: gained.length, formatted: number(gained.length) })}
            </li>
          ))}
        </Section>
        <Section
          id="plans"
          title={t('renamedPlans', { formatted: number(renamedPlans.length) })}
          count={renamedPlans.length}
        >
          {renamedPlans.map(({ servicePlanId, displayName, renamedFrom }) => (
            <li key={servicePlanId}>{t('renamed', { before: renamedFrom.displayName, after: displayName })}</li>
          ))}
        </Section>
        <Section id="kept" title={t('keptProducts', { formatted: number(kept.length) })} count={kept.length}>
          {kept.map(({ skuId, skuPartNumber }) => (
            <li key={skuId}>{skuPartNumber}</li>
          ))}
        </Section>
        {problems.length > 0 && (
          <AccordionItem value="problems">
            <AccordionHeader as="h3">{t('skipped', { formatted: number(problems.length) })}</AccordionHeader>
            <AccordionPanel>
              <BadRows rows={problems} />
            </AccordionPanel>
          </AccordionItem>
        )}
        {notes.length > 0 && (
          <AccordionItem value="notes">
            <AccordionHeader as="h3">{t('notes', { formatted: number(notes.length) })}</AccordionHeader>
            <AccordionPanel>
              <BadRows rows={notes.map(({ column = '', text, ...note }) => ({ ...note, column, problem: text }))} />
            </AccordionPanel>
          </AccordionItem>
        )}
      </Accordion>
    </div>
  );
}

function Section({
  id,
  title,
  count,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  if (count === 0) return null;
  return (
    <AccordionItem value={id}>
      <AccordionHeader as="h3">{title}</AccordionHeader>
      <AccordionPanel>
        <ul className={styles.list} tabIndex={0} aria-label={title}>
          {children}
        </ul>
      </AccordionPanel>
    </AccordionItem>
  );
}

function Changed({ change }: { readonly change: ListedChange }) {
  const { t } = useTranslation('catalogue');
  const { list } = useFormat();
  const { skuPartNumber, renamedFrom, gained, lost } = change;
  const words = [
    ...(renamedFrom ? [t('renamedFrom', { name: renamedFrom.displayName })] : []),
    ...(gained.length > 0 ? [t('gains', { plans: list(gained) })] : []),
    ...(lost.length > 0 ? [t('loses', { plans: list(lost) })] : []),
  ];
  return (
    <>
      <strong>{skuPartNumber}</strong> {words.join(' · ')}
    </>
  );
}
