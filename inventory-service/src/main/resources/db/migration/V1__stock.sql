-- Rows that every order for a SKU updates: room is left on each page, so that an update stays on it and touches no index.
create table stock_item (
    sku      varchar(40) collate "C" primary key,
    on_hand  integer not null,
    reserved integer not null,
    version  bigint  not null,
    constraint stock_item_on_hand_not_negative check (on_hand >= 0),
    constraint stock_item_reserved_not_negative check (reserved >= 0),
    constraint stock_item_reserved_is_on_hand check (reserved <= on_hand)
) with (fillfactor = 50);

-- The ledger: only ever inserted. At every version, on_hand = sum(INITIAL, ADJUST) - sum(COMMIT)
-- and reserved = sum(RESERVE) - sum(RELEASE, COMMIT).
create table stock_movement (
    sku      varchar(40) collate "C" not null,
    version  bigint      not null,
    at       timestamptz not null,
    kind     varchar(16) not null,
    quantity integer     not null,
    on_hand  integer     not null,
    reserved integer     not null,
    order_id uuid,
    reason   varchar(500),
    primary key (sku, version)
);

create table reservation (
    order_id       uuid primary key,
    status         varchar(16) not null check (status in ('HELD', 'COMMITTED', 'RELEASED', 'REFUSED')),
    lines          jsonb       not null,
    shortages      jsonb       not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    event_sequence bigint      not null default 0,
    logical_time   bigint      not null default 0,
    version        bigint      not null
) with (fillfactor = 70);
