-- What the demo begins with. Stock that is there already stays as it is.
with begun as (
    insert into stock_item (sku, on_hand, reserved, version)
    values ('ESPRESSO-01', 100, 0, 1),
           ('GRINDER-02', 50, 0, 1),
           ('KETTLE-03', 10, 0, 1),
           ('FILTER-04', 100000, 0, 1),
           ('LIMITED-05', 1, 0, 1)
    on conflict do nothing
    returning sku, on_hand
)
insert into stock_movement (sku, version, at, kind, quantity, on_hand, reserved, reason)
select sku, 1, now(), 'INITIAL', on_hand, on_hand, 0, 'demo'
from begun;
