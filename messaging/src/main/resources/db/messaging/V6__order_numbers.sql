-- Whoever writes waits behind this as long as it waits for whoever reads: not for ever.
set local lock_timeout = '5s';

-- What people call the order, so that logs can be searched for it. Null where it is not known, and in all that is older.
alter table outbox add column order_number text;
