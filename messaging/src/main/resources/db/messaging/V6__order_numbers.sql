-- What people call the order, so that logs can be searched for it. Null where it is not known, and in all that is older.
alter table outbox add column order_number text;
