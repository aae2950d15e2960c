import {
  Button,
  Field,
  Input,
  makeStyles,
  Skeleton,
  SkeletonItem,
  Subtitle2,
  tokens,
} from '@fluentui/react-components';
import type { PastLicensing } from '@allot/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import type { UserData } from '../user-data.ts';
import { changesOf } from './changes-of.ts';
import { PastChangeOfUser } from './PastChangeOfUser.tsx';
import { PastLicenses } from './PastLicenses.tsx';

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  list: { listStyle: 'none', margin: 0, padding: 0, maxWidth: '60rem' },
});

/** What a user had when, and why it changed; or what the user had at one instant. */
export function HistoryTab({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { at } = useSearch({ from: '/users/$userId' });
  const navigate = useNavigate({ from: '/users/$userId' });
  const show = (instant: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, at: instant }), replace: true });
  return (
    <>
      <div className={styles.tools}>
        <Field label={t('hadAt')}>
          <Input
            type="datetime-local"
            value={at === undefined ? '' : localTime(at)}
            onChange={(_, { value }) => {
              const instant = new Date(value);
              show(Number.isNaN(instant.getTime()) ? undefined : instant.toISOString());
            }}
          />
        </Field>
        {at !== undefined && <Button onClick={() => show(undefined)}>{t('wholeHistory')}</Button>}
      </div>
      {at === undefined ? <Timeline userId={user.id} /> : <AtInstant userId={user.id} at={at} />}
    </>
  );
}

function Timeline({ userId }: { readonly userId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { data, error, refetch } = useRead<{ readonly value: readonly PastLicensing[] }>(
    `/allot/v1/users/${userId}/history`,
  );
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data.value.length === 0) return <Notice title={t('noHistory')} text={t('noHistoryHint')} role="status" />;
  return (
    <ol className={styles.list} aria-label={t('tabHistory')}>
      {data.value.map((past, index) => (
        <PastChangeOfUser
          key={`${past.since}|${past.change?.id}`}
          past={past}
          changes={changesOf(data.value[index + 1]?.licenses ?? [], past.licenses)}
        />
      ))}
    </ol>
  );
}

function AtInstant({ userId, at }: { readonly userId: string; readonly at: string }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { data, error, refetch } = useRead<PastLicensing>(
    `/allot/v1/users/${userId}/history?at=${encodeURIComponent(at)}`,
  );
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <section>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('hadThen')}
      </Subtitle2>
      <PastLicenses licenses={data.licenses} />
    </section>
  );
}

function Loading() {
  const { t } = useTranslation('user');
  return (
    <Skeleton aria-label={t('loading')}>
      <SkeletonItem size={40} />
    </Skeleton>
  );
}

/** As an input of local times has it: to the minute, without a zone. */
function localTime(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
