-- Whoever writes waits behind this as long as it waits for whoever reads: not for ever.
set local lock_timeout = '5s';

-- Of the message whose handling requested the call.
alter table outside_call add column order_number text;
