import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findGroupIds, type Handle, listSubscriptions } from '@allot/store';
import { type DemoTenant, type LaterStep, readDemoTenantFile } from '../../demo/demo-files.ts';
import type { Context } from '../operations/context.ts';
import { createGroup } from '../operations/directory/change-groups.ts';
import { readUser } from '../operations/directory/read-users.ts';
import { removeMember } from '../operations/directory/remove-member.ts';
import { updateUser } from '../operations/directory/update-user.ts';
import { readUserAddresses, setUserAddresses } from '../operations/directory/user-addresses.ts';
import { importGroups } from '../operations/imports/import-groups.ts';
import { importUsers } from '../operations/imports/import-users.ts';
import { mailNicknameOf } from '../operations/imports/mail-nickname.ts';
import { assignUserLicense } from '../operations/licensing/assign-user-license.ts';
import { loadTenantWorld } from '../operations/licensing/tenant-world.ts';
import { changeGroupSettings } from '../operations/settings/change-group-settings.ts';
import { setPlan } from '../operations/catalogue/set-plan.ts';
import { changeSubscription } from '../operations/subscriptions/change-subscription.ts';
import { createSubscription } from '../operations/subscriptions/create-subscription.ts';
import { contextOf, untilSettled } from './until-settled.ts';

/** What `createTenant` needs for the demo tenant. */
export const readDemoTenant = (): Pick<DemoTenant, 'displayName' | 'initialDomain' | 'defaultUsageLocation'> =>
  readDemoTenantFile();

/**
 * Fills the demo tenant from the files in demo/, by the same operations as any other (its README says in which order and why).
 * Begun again after an interruption it does what is left: each step finds what is there already.
 */
export async function fillDemoTenant(db: Handle, tenantId: string): Promise<void> {
  const ctx = contextOf(db, tenantId);
  const demo = readDemoTenantFile();
  const productIds = await productIdsByPartNumber(ctx);
  for (const { servicePlanName, locations, ...plan } of demo.plans) {
    await setPlan(ctx, { ...plan, name: servicePlanName, appliesTo: 'User', deny: locations.deny, allow: null });
  }
  await importUsers(ctx, createReadStream(pathOf('users.csv')));
  await addSubscriptions(ctx, demo, productIds);
  await configureGroups(ctx, demo);
  await untilSettled(ctx);
  await assignDirectly(ctx, demo, productIds);
  await importGroups(ctx, createReadStream(pathOf('groups.csv')));
  for (const step of demo.later) {
    await untilSettled(ctx);
    await perform(ctx, step, productIds);
  }
}

const pathOf = (name: string): string => fileURLToPath(new URL(`../../demo/${name}`, import.meta.url));

async function productIdsByPartNumber(ctx: Context): Promise<(partNumber: string) => string> {
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const ids = new Map(world.catalogue.data.products.map(({ skuPartNumber, productId }) => [skuPartNumber, productId]));
  return (partNumber) => {
    const productId = ids.get(partNumber);
    if (productId === undefined) throw new Error(`the built-in catalogue has no ${partNumber}`);
    return productId;
  };
}

async function addSubscriptions(
  ctx: Context,
  demo: DemoTenant,
  productIds: (partNumber: string) => string,
): Promise<void> {
  for (const { skuPartNumber, units, status } of demo.subscriptions) {
    const skuId = productIds(skuPartNumber);
    const there = await listSubscriptions(ctx.db, ctx.tenantId, skuId);
    if (!there.some((subscription) => subscription.status === status))
      await createSubscription(ctx, { skuId, units, status });
  }
}

/** Before the licenses: three groups give an add-on alone and need `prerequisites: "user"` (L-24). */
async function configureGroups(ctx: Context, demo: DemoTenant): Promise<void> {
  let number = 0;
  for (const { displayName, ...settings } of demo.groupLicensing) {
    number += 1;
    const [known] = await findGroupIds(ctx.db, ctx.tenantId, displayName);
    const groupId =
      known ??
      (await createGroup(ctx, {
        displayName,
        mailEnabled: false,
        mailNickname: mailNicknameOf(displayName, number),
        securityEnabled: true,
      }));
    await changeGroupSettings(ctx, groupId, settings);
  }
}

async function assignDirectly(
  ctx: Context,
  demo: DemoTenant,
  productIds: (partNumber: string) => string,
): Promise<void> {
  const { world } = await loadTenantWorld(ctx.db, ctx.tenantId);
  const planIds = new Map(world.catalogue.data.plans.map(({ name, planId }) => [name, planId]));
  for (const { userPrincipalName, skuPartNumber, disabledPlans } of demo.directAssignments) {
    const disabled = disabledPlans.flatMap((name) => planIds.get(name) ?? []);
    await assignUserLicense(ctx, userPrincipalName, {
      addLicenses: [{ skuId: productIds(skuPartNumber), disabledPlans: disabled }],
      removeLicenses: [],
    });
  }
}

async function perform(ctx: Context, step: LaterStep, productIds: (partNumber: string) => string): Promise<void> {
  switch (step.step) {
    case 'setAddresses':
      return setUserAddresses(ctx, step.userPrincipalName, step.proxyAddresses);
    case 'addAddress': {
      const { proxyAddresses: addresses } = await readUserAddresses(ctx, step.userPrincipalName);
      if (!addresses.includes(step.address))
        await setUserAddresses(ctx, step.userPrincipalName, [...addresses, step.address]);
      return;
    }
    case 'setUsageLocation':
      return updateUser(ctx, step.userPrincipalName, { usageLocation: step.usageLocation });
    case 'removeMember':
      return leave(ctx, step);
    case 'setSeats': {
      const [found] = await listSubscriptions(ctx.db, ctx.tenantId, productIds(step.skuPartNumber));
      if (found) await changeSubscription(ctx, found.id, { units: step.units });
    }
  }
}

async function leave(ctx: Context, step: Extract<LaterStep, { step: 'removeMember' }>): Promise<void> {
  const [groupId] = await findGroupIds(ctx.db, ctx.tenantId, step.group);
  const { id: userId } = await readUser(ctx, step.userPrincipalName, ['id']);
  if (groupId === undefined || typeof userId !== 'string') throw new Error(`the demo has no group ${step.group}`);
  await removeMember(ctx, groupId, userId);
}
