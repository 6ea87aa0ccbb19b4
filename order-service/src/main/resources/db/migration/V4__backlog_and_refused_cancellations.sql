-- Orders that nobody has settled yet are counted every second, to know when there are too many of them. Only they are in this index, so
-- it is as small as the backlog, however many orders there are. Each order enters it when it is placed and leaves it when it is
-- settled. By id, as orders come: so they are counted from the oldest on, pages that lie together. The price: the one update that
-- settles an order enters the orders' other indexes again as well, which since V3 none did.
create index orders_pending on orders (id) where status = 'PENDING';

-- A refusal of an older cancellation may be said again while another one is under way, and is none of that one: which it is decides,
-- and not when it was said. Of a row that an earlier release has written, the last one's id is not known; until anything else is heard
-- of a cancellation of that order, it counts as before.
alter table order_search_0
    add column cancellation_id uuid,
    add column refused_cancellations uuid[] not null default '{}';
alter table order_search_1
    add column cancellation_id uuid,
    add column refused_cancellations uuid[] not null default '{}';

alter table order_search_0 alter column status set expression as (case
    when reached = 4 then 'REJECTED'
    when reached = 5 then 'CANCELLED'
    when case when cancellation_id is null then cancellation_requested > reinstated and refused_cancellations = '{}'
              else cancellation_id <> all (refused_cancellations) end then 'CANCELLING'
    when reached = 3 then 'DELIVERED'
    when reached = 2 then 'SHIPPED'
    when reached = 1 then 'CONFIRMED'
    else 'PENDING' end);
alter table order_search_1 alter column status set expression as (case
    when reached = 4 then 'REJECTED'
    when reached = 5 then 'CANCELLED'
    when case when cancellation_id is null then cancellation_requested > reinstated and refused_cancellations = '{}'
              else cancellation_id <> all (refused_cancellations) end then 'CANCELLING'
    when reached = 3 then 'DELIVERED'
    when reached = 2 then 'SHIPPED'
    when reached = 1 then 'CONFIRMED'
    else 'PENDING' end);
