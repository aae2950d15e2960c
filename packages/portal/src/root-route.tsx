import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './frame/Frame.tsx';
import { PageNotFound } from './frame/PageNotFound.tsx';
import { loadPageTexts } from './text/start-text.ts';

export const root = createRootRoute({ component: Frame, notFoundComponent: PageNotFound });

/** A page at this address below /portal. */
export const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

/** Of what loads a page: what pages say is loaded beside it, when somebody goes there or points at a link to it. */
export const withTexts =
  <Page,>(load: () => Promise<Page>) =>
  async (): Promise<Page> => {
    const [page] = await Promise.all([load(), loadPageTexts()]);
    return page;
  };

/** What the address says of a table, so that links and Back find it again. */
export interface TableSearch {
  /** What somebody typed into the filter. */
  readonly filter?: string;
  /** A property, with `-` before it in descending order. */
  readonly sort?: string;
}

export function tableSearch(search: Record<string, unknown>): TableSearch {
  const [filter, sort] = [textOf(search['filter']), textOf(search['sort'])];
  return { ...(filter === undefined ? {} : { filter }), ...(sort === undefined ? {} : { sort }) };
}

/** A text of the address; the router reads `12` as a number. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** Of `?deleted`, `?deleted=true`. */
export const isOn = (value: unknown): boolean => value === true || value === '' || value === 'true';
