import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../parts/LinkButton.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';

const useStyles = makeStyles({ hint: { margin: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalL}` } });

export function PageNotFound() {
  const { t } = useTranslation('frame');
  return (
    <>
      <PageTitle title={t('notFound')} />
      <Text block className={useStyles().hint}>
        {t('notFoundHint')}
      </Text>
      <LinkButton to="/">{t('toOverview')}</LinkButton>
    </>
  );
}
