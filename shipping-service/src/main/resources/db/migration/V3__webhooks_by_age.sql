-- Webhooks go when they are old enough that they do not come again: see waybill.webhooks.retention.
create index carrier_webhook_by_age on carrier_webhook (received_at);
