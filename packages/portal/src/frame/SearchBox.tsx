import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoaded } from './use-loaded.ts';

const loadList = async () => (await import('./SearchList.tsx')).SearchList;

/** So long after the frame is drawn the list is loaded: by then the first page has asked for what it needs. */
const afterMs = 300;

/** As high as the fields of the library, and as far from their edges. */
const fieldHeight = '32px';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    alignItems: 'center',
    boxSizing: 'border-box',
    width: 'min(32rem, 100%)',
    minWidth: 0,
    height: fieldHeight,
    paddingRight: tokens.spacingHorizontalMNudge,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralStrokeAccessible,
  },
  input: {
    ...typographyStyles.body1,
    flexGrow: 1,
    minWidth: 0,
    height: '100%',
    padding: `0 0 0 calc(${tokens.spacingHorizontalMNudge} + ${tokens.spacingHorizontalXXS})`,
    border: 'none',
    outlineStyle: 'none',
    backgroundColor: tokens.colorTransparentBackground,
    color: tokens.colorNeutralForeground1,
    '::placeholder': { color: tokens.colorNeutralForeground4, opacity: 1 },
  },
});

/**
 * Finds whatever has a name, wherever one is. A plain field at first: what finds and lists is a fifth of all script, is loaded once the page is
 * drawn, or before that for whoever goes to the field, and goes on with what was typed meanwhile.
 *
 * It is not left until somebody needs it: the library forgets to show the page again to screen readers when a dialog closes that was all
 * there was of the parts that hold the focus (`aria-hidden` stays), and the list is such a part, too.
 */
export function SearchBox() {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const [typed, setTyped] = useState('');
  const [hasFocus, setFocus] = useState(false);
  // Signs that are put together from several keys would be lost if their field went away.
  const [isComposing, setComposing] = useState(false);
  const [List, ask] = useLoaded(loadList);
  const load = useEffectEvent(ask);
  useEffect(() => {
    const timer = setTimeout(() => load(), afterMs);
    return () => clearTimeout(timer);
  }, []);
  if (List !== undefined && !isComposing) return <List begun={typed} hasFocus={hasFocus} />;
  return (
    <div className={styles.box} onPointerEnter={ask}>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded={false}
        aria-autocomplete="list"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => {
          setFocus(true);
          ask();
        }}
        onBlur={() => setFocus(false)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
      <ChevronDown20Regular />
    </div>
  );
}
