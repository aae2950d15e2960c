import { companySubscriptionProperties, licenseDetailsProperties, subscribedSkuProperties } from '@allot/contract';
import { selectable } from '../query/select.ts';

export const subscribedSkuType = selectable('microsoft.graph.subscribedSku', subscribedSkuProperties);

export const licenseDetailsType = selectable('microsoft.graph.licenseDetails', licenseDetailsProperties);

export const companySubscriptionType = selectable('microsoft.graph.companySubscription', companySubscriptionProperties);
