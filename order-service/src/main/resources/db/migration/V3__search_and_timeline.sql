-- The read side: projections of what the services say about an order. Why so: docs/adr/0036-projections-and-their-rebuild.md.

-- Each projection has two slots, which are tables of the same form with the slot's number at the end of their names. Its
-- generations are written to them in turn, so that the next one is filled beside the one that is read, and what is left over goes
-- at once and not row by row.
create table projection (
    name text primary key,
    -- What is read and written stands in slot generation % 2.
    generation bigint not null default 1,
    -- Whether what is heard goes to the other slot as well. Whoever writes holds the row's lock, shared.
    filling boolean not null default false,
    -- Since when the other slot has held rows that nobody needs.
    leftover_since timestamptz,
    rebuilt_at timestamptz
);
insert into projection (name) values ('search'), ('timeline');

create table projection_rebuild (
    id uuid primary key,
    projection text not null references projection,
    generation bigint not null,
    status text not null default 'RUNNING' check (status in ('RUNNING', 'COMPLETED', 'FAILED')),
    failure text check ((failure is not null) = (status = 'FAILED')),
    requested_by text not null,
    reason text not null,
    requested_at timestamptz not null,
    ended_at timestamptz check ((ended_at is null) = (status = 'RUNNING')),
    -- Records that are read, of so many; of the attempt that is under way. Null until they are counted.
    events bigint not null default 0,
    total bigint,
    attempts integer not null default 0,
    fencing_token bigint not null default 0,
    lease_until timestamptz not null default '-infinity'
);
create unique index one_rebuild_at_a_time on projection_rebuild ((true)) where status = 'RUNNING';
create index rebuilds_of_a_projection on projection_rebuild (projection, id desc);

-- What an order is found by. A row may begin with any of the order's events; it is found once it is known that it was placed.
create table order_search_0 (
    id uuid primary key,
    number text collate "C",
    customer_id text collate "C",
    placed_at timestamptz,
    -- The farthest that it has come: 0 placed, 1 confirmed, 2 shipped, 3 delivered, 4 rejected, 5 cancelled.
    reached smallint not null default 0,
    -- The last request to cancel it, and the last time that one was refused, by the order's own numbering.
    cancellation_requested bigint not null default 0,
    reinstated bigint not null default 0,
    status text not null generated always as (case
        when reached = 4 then 'REJECTED'
        when reached = 5 then 'CANCELLED'
        when cancellation_requested > reinstated then 'CANCELLING'
        when reached = 3 then 'DELIVERED'
        when reached = 2 then 'SHIPPED'
        when reached = 1 then 'CONFIRMED'
        else 'PENDING' end) stored
);
-- Lists are newest first; the id decides where times are the same.
create index on order_search_0 (placed_at desc, id desc);
create index on order_search_0 (status, placed_at desc, id desc);
create index on order_search_0 (customer_id, placed_at desc, id desc);
create index on order_search_0 (number);

create table order_search_1 (like order_search_0 including all);

create table order_search_sku_0 (
    sku text collate "C" not null,
    placed_at timestamptz not null,
    id uuid not null,
    primary key (sku, placed_at, id)
);
create table order_search_sku_1 (like order_search_sku_0 including all);

-- All that was said about an order, by whichever service.
create table timeline_entry_0 (
    order_id uuid not null,
    message_id uuid not null,
    logical_time bigint not null,
    source text not null,
    sequence bigint not null,
    said_at timestamptz not null,
    context text not null,
    type text not null,
    title text not null,
    details text not null,
    primary key (order_id, message_id)
);
create table timeline_entry_1 (like timeline_entry_0 including all);

-- Runs as its owner, so that the role a service works under need own no table.
create function empty_projection_slot(projection text, slot smallint) returns void
    language plpgsql security definer set search_path from current set lock_timeout = '5s' as
$$
begin
    case projection
        when 'search' then
            execute format('truncate order_search_%s, order_search_sku_%s', slot, slot);
        when 'timeline' then
            execute format('truncate timeline_entry_%s', slot);
    end case;
end
$$;
revoke execute on function empty_projection_slot from public;

-- Orders are not listed from here any more. Without them an update of an order changes no index.
drop index orders_newest, orders_of_customer, orders_by_status;
