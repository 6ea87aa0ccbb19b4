-- Orders that nobody has settled yet, and those that are being cancelled, are counted every second, to know when there are too many of
-- them. Only they are in this index, so it is as small as the backlog, however many orders there are. By id, as orders come: so they are
-- counted from the oldest on, pages that lie together. The price: the one update that settles an order enters the orders' other indexes
-- again as well, which since V3 none did. A migration of its own, as it holds up whoever writes orders: for one pass over the table, and
-- for nothing else.
create index orders_waiting on orders (id) where status in ('PENDING', 'CANCELLING');
