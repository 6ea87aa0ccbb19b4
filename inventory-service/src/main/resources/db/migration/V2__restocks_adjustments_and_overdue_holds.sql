-- What came back of a committed reservation, each time under an id of its own.
alter table reservation add column restocks jsonb not null default '[]';

-- Open holds by age: the overdue ones stand at its beginning. Small, as a hold is open for seconds.
create index reservation_held on reservation (created_at, order_id) where status = 'HELD';

-- Of an adjustment: who made it.
alter table stock_movement add column who text;
