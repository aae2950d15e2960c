import { tableFeatures } from '@tanstack/react-table';

/** What tables do by themselves: nothing. Sorting, filtering and pages are the server's. */
export const features = tableFeatures({});
