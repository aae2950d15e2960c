import type { LicenseReason } from '@allot/contract';
import { useReasonWords } from './use-reason-words.ts';

/** Why somebody lacks a license, in one line whose whole text is shown under the pointer. */
export function ReasonText({
  reasons,
  sentence,
}: {
  readonly reasons: readonly LicenseReason[];
  /** The server's words, for reasons that have none here. */
  readonly sentence: string;
}) {
  const words = useReasonWords()(reasons, sentence);
  return <span title={words}>{words}</span>;
}
