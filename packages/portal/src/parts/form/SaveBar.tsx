import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    // Down to the edge of the page, over its padding.
    bottom: `calc(-1 * ${tokens.spacingVerticalL})`,
    // Above what is sticky in the fields.
    zIndex: 1,
    padding: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** Saves a form or forgets what was typed; stays in sight however long the form is. */
export function SaveBar({
  isChanged,
  isReady = true,
  isSaving,
  isSaved,
  undo,
}: {
  readonly isChanged: boolean;
  /** Whether what is typed can be saved. */
  readonly isReady?: boolean;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  readonly undo: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('form');
  return (
    <div className={styles.bar}>
      <Button type="submit" appearance="primary" disabled={!isChanged || !isReady || isSaving}>
        {t('save')}
      </Button>
      {isChanged && (
        <Button appearance="subtle" disabled={isSaving} onClick={undo}>
          {t('undo')}
        </Button>
      )}
      <span role="status">{isSaved && !isChanged && t('saved')}</span>
    </div>
  );
}
