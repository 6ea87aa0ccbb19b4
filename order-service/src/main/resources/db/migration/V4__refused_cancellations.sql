-- A refusal of an older cancellation may be said again while another one is under way, and is none of that one: which it is decides,
-- and not when it was said. Of a row that an earlier release has written, the last one's id is not known; until anything else is heard
-- of a cancellation of that order, it counts as before. What a replica of an earlier release hears while others are upgraded counts by
-- when it was said: else an order that one of them reinstates would be CANCELLING for ever.
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
              else cancellation_id <> all (refused_cancellations) and reinstated <= cancellation_requested end then 'CANCELLING'
    when reached = 3 then 'DELIVERED'
    when reached = 2 then 'SHIPPED'
    when reached = 1 then 'CONFIRMED'
    else 'PENDING' end);
alter table order_search_1 alter column status set expression as (case
    when reached = 4 then 'REJECTED'
    when reached = 5 then 'CANCELLED'
    when case when cancellation_id is null then cancellation_requested > reinstated and refused_cancellations = '{}'
              else cancellation_id <> all (refused_cancellations) and reinstated <= cancellation_requested end then 'CANCELLING'
    when reached = 3 then 'DELIVERED'
    when reached = 2 then 'SHIPPED'
    when reached = 1 then 'CONFIRMED'
    else 'PENDING' end);
