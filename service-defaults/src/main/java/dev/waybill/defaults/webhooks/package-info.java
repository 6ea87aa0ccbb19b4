/**
 * Webhooks that others send to us: JSON in a POST, signed with a secret that both sides know. A controller takes a {@link
 * dev.waybill.defaults.webhooks.SignedWebhook} and is called only for what is authentic; everything else is answered with 401.
 * The table in which a service keeps them is a {@link dev.waybill.defaults.webhooks.WebhookTable}, and does not grow for ever.
 */
@NullMarked
package dev.waybill.defaults.webhooks;

import org.jspecify.annotations.NullMarked;
