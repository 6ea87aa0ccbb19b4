-- Which order an act was about, where that was known: a parked message is gone once it is handled, and its key with it.
alter table journal add column order_id uuid;
update journal set order_id = about_id::uuid where about_kind = 'ORDER';
create index on journal (order_id, at desc) where order_id is not null;

-- A queue is an order's id, or a subscription's name and an order's id.
create index on bulk_item (right(queue, 36));
