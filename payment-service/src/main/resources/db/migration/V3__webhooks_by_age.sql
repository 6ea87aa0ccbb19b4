-- Webhooks go when they are old enough that they do not come again: see waybill.webhooks.retention.
create index gateway_webhook_by_age on gateway_webhook (received_at);
