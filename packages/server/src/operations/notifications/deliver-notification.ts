import { type ChangeNotification, type Handle, putOffNotification, removeChangeNotification } from '@allot/store';
import type { Outgoing } from '../../outgoing/outgoing.ts';

/** How long an address has to say that it has a message. */
export const deliverySecondsMax = 30;
/** A message is tried again, ever more rarely, for this long; then it is given up, as in Graph. */
const triedHoursMax = 4;
const pauseSecondsMin = 10;
const pauseSecondsMax = 600;

/** Posts a message. Whatever answers with success has it; otherwise it is tried again later. */
export async function deliverNotification(
  db: Handle,
  { tenantId, seq, url, items, age, attempts }: ChangeNotification,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<'delivered' | 'put off' | 'given up'> {
  const post = { url: new URL(url), body: JSON.stringify({ value: items }), secondsMax: deliverySecondsMax, signal };
  const status = await outgoing.post(post).then(
    (answer) => answer.status,
    () => 0,
  );
  if (status >= 200 && status < 300) {
    await removeChangeNotification(db, tenantId, seq);
    return 'delivered';
  }
  if (age > triedHoursMax * 3_600_000) {
    await removeChangeNotification(db, tenantId, seq);
    return 'given up';
  }
  await putOffNotification(db, tenantId, seq, Math.min(pauseSecondsMin * 2 ** (attempts - 1), pauseSecondsMax));
  return 'put off';
}
